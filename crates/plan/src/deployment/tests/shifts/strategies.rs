//! Each strategy where everything goes well.

use super::*;

#[test]
fn blue_green() {
    let mut world = running(DeploymentStrategy::BlueGreen);
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 100.0, A 0.0
        BAKE_TIME
          … 300 s
        CLEAN_UP
          stop 2 of A
        OVER
          "(deployment B) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of B"#]],
    );
}

#[test]
fn the_first_deployment_has_nothing_to_shift_from() {
    let mut world = World::new(0, 100, 200);
    world.service.deployments.clear();
    world.service.desired_count = 2;
    world.revisions.clear();
    world.service.deployment_configuration.strategy = Some(DeploymentStrategy::Linear);
    world.service.deployment_configuration.bake_time_in_minutes = Some(5);
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of A
        TEST_TRAFFIC_SHIFT
          test traffic: A 100.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: A 100.0
        OVER
          "(deployment A) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of A"#]],
    );
}

#[test]
fn linear() {
    let mut world = running(DeploymentStrategy::Linear);
    world.service.deployment_configuration.linear =
        Some(Linear { step: Share::from_tenths(400).expect("a share"), step_bake_minutes: 6 });
    let stages = [LifecycleStage::PreProductionTrafficShift, LifecycleStage::ProductionTrafficShift];
    world.service.deployment_configuration.lifecycle_hooks = vec![hook(CALLED, &stages)];
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
        PRE_PRODUCTION_TRAFFIC_SHIFT
          hook PRE_PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 40.0, A 60.0
          hook PRODUCTION_TRAFFIC_SHIFT/0/on/0: Succeeded
          … 360 s
        PRE_PRODUCTION_TRAFFIC_SHIFT 2
          hook PRE_PRODUCTION_TRAFFIC_SHIFT/1/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT 2
          production traffic: B 80.0, A 20.0
          hook PRODUCTION_TRAFFIC_SHIFT/1/on/0: Succeeded
          … 360 s
        PRE_PRODUCTION_TRAFFIC_SHIFT 3
          hook PRE_PRODUCTION_TRAFFIC_SHIFT/2/on/0: Succeeded
        PRODUCTION_TRAFFIC_SHIFT 3
          production traffic: B 100.0, A 0.0
          hook PRODUCTION_TRAFFIC_SHIFT/2/on/0: Succeeded
        BAKE_TIME
          … 300 s
        CLEAN_UP
          stop 2 of A
        OVER
          "(deployment B) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of B"#]],
    );
}

#[test]
fn canary() {
    let mut world = running(DeploymentStrategy::Canary);
    world.deploy();
    check(
        &tell(&mut world, &mut agrees),
        expect![[r#"
        SCALE_UP
          start 2 of B
        TEST_TRAFFIC_SHIFT
          test traffic: B 100.0, A 0.0
        PRODUCTION_TRAFFIC_SHIFT
          production traffic: B 5.0, A 95.0
          … 600 s
        PRODUCTION_TRAFFIC_SHIFT 2
          production traffic: B 100.0, A 0.0
        BAKE_TIME
          … 300 s
        CLEAN_UP
          stop 2 of A
        OVER
          "(deployment B) deployment completed."
          "has reached a steady state."
        SUCCESSFUL, 2 of B"#]],
    );
}
