//! Enumerations of AWS IAM.

wire::string_enum! { PermissionsBoundaryAttachmentType {
    PermissionsBoundaryPolicy = "PermissionsBoundaryPolicy",
}}

wire::string_enum! { PolicyUsageType {
    PermissionsPolicy = "PermissionsPolicy",
    PermissionsBoundary = "PermissionsBoundary",
}}

wire::string_enum! { PolicyScopeType {
    All = "All",
    Aws = "AWS",
    Local = "Local",
}}
