//! Records of ECS.
