//! Load balancers that a service cannot have.

use super::*;

/// The listener of a second load balancer.
async fn other_balancer(ecs: &Ecs) -> ListenerArn {
    let balancer = LoadBalancerArn::new(&scope(), LoadBalancerKind::Application, "second", [7; 16]);
    let listener = ListenerArn::new(&balancer, [8; 16]);
    let change = ecs.state.update(|tx| {
        let first = tx.scan::<Balancer>().next().expect("a load balancer").clone();
        let name = "second".to_owned();
        tx.put(Balancer { arn: balancer.clone(), name, ..Balancer::clone(&first) });
        let first = tx.scan::<Listener>().next().expect("a listener").clone();
        let load_balancer = balancer.clone();
        tx.put(Listener { arn: listener.clone(), load_balancer, ..Listener::clone(&first) });
        Ok::<_, Error>(())
    });
    change.await.expect("a load balancer");
    listener
}

#[tokio::test]
async fn groups_and_rules_of_one_service_are_of_one_load_balancer_and_each_is_one_thing() {
    let ecs = service().await;
    let front = balancing(&ecs).await;
    let second = other_balancer(&ecs).await;
    for name in ["web", "other", "far", "third", "fourth"] {
        group(&ecs, name, TargetType::Instance).await;
    }
    let here = RuleArn::new(&front.listener, [9; 16]);
    let there = RuleArn::new(&second, [9; 16]);
    rule(&ecs, &front.default_rule, &front.listener, &[("web", 1), ("other", 0)]).await;
    rule(&ecs, &here, &front.listener, &[("third", 1), ("fourth", 0)]).await;
    rule(&ecs, &there, &second, &[("far", 1)]).await;
    define(&ecs, "web", vec![published()], None).await;
    let behind = |group: &str, alternate: &str, production: &RuleArn, test: Option<&RuleArn>| LoadBalancer {
        advanced_configuration: Some(AdvancedConfiguration {
            alternate_target_group_arn: Some(group_arn(alternate).to_string()),
            production_listener_rule: Some(production.to_string()),
            test_listener_rule: test.map(ToString::to_string),
            role_arn: Some("arn:aws:iam::123456789012:role/shift".to_owned()),
        }),
        ..load_balancer_of(group)
    };
    let (default, listener) = (&front.default_rule, front.listener.to_string());
    let by_listener = LoadBalancer {
        advanced_configuration: Some(AdvancedConfiguration {
            production_listener_rule: Some(listener.clone()),
            ..behind("third", "fourth", default, None).advanced_configuration.expect("one")
        }),
        ..load_balancer_of("third")
    };
    let (web, other, far) = (group_arn("web"), group_arn("other"), group_arn("far"));
    let cases = [
        (
            vec![behind("web", "far", default, None)],
            format!("The target groups {web} and {far} must be associated with the same load balancer."),
        ),
        (
            vec![behind("web", "other", &there, None)],
            format!(
                "productionListenerRule {there} does not belong to the load balancer of the target group {other}."
            ),
        ),
        (
            vec![behind("web", "other", default, Some(&there))],
            format!(
                "testListenerRule {there} does not belong to the load balancer of the target group {other}."
            ),
        ),
        (
            vec![behind("web", "other", default, None), behind("third", "fourth", &here, Some(default))],
            format!("The listener rule {default} is named more than once in loadBalancers."),
        ),
        (
            // A listener stands for its default rule.
            vec![behind("web", "other", default, None), by_listener],
            format!("The listener rule {listener} is named more than once in loadBalancers."),
        ),
    ];
    let strategy = Some(DeploymentConfiguration {
        strategy: Some(DeploymentStrategy::BlueGreen),
        ..DeploymentConfiguration::default()
    });
    let asked = |load_balancers| CreateServiceRequest {
        load_balancers: Some(load_balancers),
        deployment_configuration: strategy.clone(),
        ..request("web", 0)
    };
    for (given, message) in cases {
        let error = ecs.create_service(&cx(), asked(given)).await.expect_err(&message);
        assert_eq!((error.code, error.message), (ErrorCode::InvalidParameterException, message));
    }
    let two = vec![behind("web", "other", default, None), behind("third", "fourth", &here, None)];
    create(&ecs, asked(two)).await;
}

#[tokio::test]
async fn what_cannot_be_balanced_is_refused() {
    let ecs = service().await;
    let front = balancing(&ecs).await;
    let (web, ip) = (group(&ecs, "web", TargetType::Instance).await, group(&ecs, "ip", TargetType::Ip).await);
    let lonely = group(&ecs, "lonely", TargetType::Instance).await;
    rule(&ecs, &front.default_rule, &front.listener, &[("web", 1), ("ip", 0)]).await;
    define(&ecs, "web", vec![published()], None).await;
    define(&ecs, "net", vec![published()], Some(NetworkMode::Awsvpc)).await;
    let with = |balancer: LoadBalancer| CreateServiceRequest {
        load_balancers: Some(vec![balancer]),
        ..request("web", 1)
    };
    let of = |name: &str| load_balancer_of(name);
    let network = || {
        let subnets = vec![subnet("a").to_string()];
        let awsvpc_configuration = Some(AwsVpcConfiguration { subnets, ..AwsVpcConfiguration::default() });
        Some(NetworkConfiguration { awsvpc_configuration })
    };
    let strategy =
        |strategy| Some(DeploymentConfiguration { strategy: Some(strategy), ..Default::default() });
    let cases = [
        (with(of("lonely")), format!("The target group with targetGroupArn {lonely} does not have an associated load balancer.")),
        (with(of("nowhere")), format!("The target group {} does not exist.", group_arn("nowhere"))),
        (
            with(LoadBalancer { container_name: Some("two".to_owned()), ..of("web") }),
            "The container two does not exist in the task definition.".to_owned(),
        ),
        (with(LoadBalancer { container_name: None, ..of("web") }), "Container Name can not be blank.".to_owned()),
        (
            with(LoadBalancer { container_port: Some(81), ..of("web") }),
            "The container one did not have a container port 81 defined.".to_owned(),
        ),
        (
            with(of("ip")),
            format!("The provided target group {ip} has target type ip, which is incompatible with the bridge network mode specified in the task definition."),
        ),
        (
            CreateServiceRequest { task_definition: Some("net".to_owned()), network_configuration: network(), ..with(of("web")) },
            format!("The provided target group {web} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition."),
        ),
        (
            with(LoadBalancer { load_balancer_name: Some("classic".to_owned()), target_group_arn: None, ..of("web") }),
            "The load balancer classic does not exist.".to_owned(),
        ),
        (
            CreateServiceRequest { deployment_configuration: strategy(DeploymentStrategy::BlueGreen), ..with(of("web")) },
            "advancedConfiguration of each load balancer must be specified with a deployment strategy that shifts traffic.".to_owned(),
        ),
        (
            CreateServiceRequest { load_balancers: Some(vec![of("web"), of("web")]), ..request("web", 1) },
            "loadBalancers names a target group twice for the same container and port.".to_owned(),
        ),
        (
            CreateServiceRequest { role: Some("ecsServiceRole".to_owned()), ..request("web", 1) },
            "A role can only be specified for a service that uses load balancers.".to_owned(),
        ),
    ];
    for (input, message) in cases {
        let error = ecs.create_service(&cx(), input).await.expect_err(&message);
        assert_eq!((error.code, error.message), (ErrorCode::InvalidParameterException, message));
    }
}
