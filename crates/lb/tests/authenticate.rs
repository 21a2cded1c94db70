//! Users are authenticated by a provider of identities (authenticate-oidc), with real sockets and TLS.

mod support;

use lb::{Engine, Options, Trust};
use model::balancer::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use support::browser::{Browser, Page};
use support::encrypted::{block, http2, https};
use support::provider::{CLIENT, Provider, SECRET, good, id_token, tokens};
use support::*;

/// A load balancer whose users a provider knows, with a target behind it.
struct Place {
    engine: Engine,
    configuration: Configuration,
    port: u16,
    provider: Provider,
    backend: Backend,
}

fn place(change: impl FnOnce(&mut Authentication)) -> Place {
    let provider = Provider::start();
    let (backend, port) = (Backend::saying("hello"), free_port());
    let mut configuration = https(port, vec![backend.target()]);
    let mut authentication = Authentication {
        issuer: provider.issuer(),
        authorization_endpoint: format!("{}/authorize?tenant=1", provider.issuer()).parse().expect("a URL"),
        token_endpoint: format!("{}/token", provider.issuer()).parse().expect("a URL"),
        user_info_endpoint: format!("https://127.0.0.1:{}/userinfo?x=y", provider.port)
            .parse()
            .expect("a URL"),
        client_id: CLIENT.to_owned(),
        client_secret: Secret::new(SECRET),
        session_cookie_name: "AWSELBAuthSessionCookie".to_owned(),
        scope: "openid email".to_owned(),
        session_timeout_seconds: 3600,
        extra_parameters: [("prompt".to_owned(), "login now".to_owned())].into(),
        on_unauthenticated: OnUnauthenticated::Authenticate,
    };
    change(&mut authentication);
    let listener = &mut configuration.balancers[0].listeners[0];
    listener.default_actions.insert(0, Action::AuthenticateOidc(Box::new(authentication)));
    listener.rules.push(Rule {
        arn: "open".to_owned(),
        priority: 1,
        conditions: vec![Condition::PathPattern(vec!["/open*".to_owned()])],
        actions: vec![forward(&[("g", 1)])],
    });
    let engine = start(&provider, &configuration);
    Place { engine, configuration, port, provider, backend }
}

fn start(provider: &Provider, configuration: &Configuration) -> Engine {
    let trust = Trust::These(vec![provider.root.clone()]);
    let engine = Engine::start(Options { trust, ..options() }).expect("it starts");
    engine.apply(configuration).expect("it is taken");
    engine
}

impl Place {
    /// Goes to the provider and comes back with a code.
    fn log_in(&self, browser: &mut Browser, target: &str) -> Page {
        let away = browser.get(self.port, target);
        assert_eq!(away.status, 302, "{}", away.head);
        let state = away.redirect().1["state"].clone();
        browser.get(self.port, &format!("/oauth2/idpresponse?code=code-1&state={state}"))
    }
}

fn count(place: &Place, name: &str) -> u64 {
    let counters = place.engine.counters(BALANCER).expect("it is served");
    let counts = lb::metrics::Count::ALL.iter().find(|count| count.name() == name).expect("a metric");
    counters.get(*counts)
}

#[test]
fn a_user_logs_in_and_the_target_is_told_who_it_is() {
    let place = place(|_| {});
    let mut browser = Browser::default();
    let away = browser.get(place.port, "/a/b?c=d%20e");
    assert_eq!(away.status, 302);
    let (url, parameters) = away.redirect();
    assert_eq!(url, format!("{}/authorize", place.provider.issuer()));
    let asked = |name: &str| parameters[name].as_str();
    assert_eq!(asked("tenant"), "1");
    assert_eq!(asked("client_id"), CLIENT);
    assert_eq!(asked("response_type"), "code");
    assert_eq!(asked("scope"), "openid email");
    assert_eq!(asked("prompt"), "login now");
    assert_eq!(asked("redirect_uri"), "https://default.example/oauth2/idpresponse");
    let nonce = away.field("set-cookie").expect("a nonce");
    assert!(
        nonce.starts_with("AWSALBAuthNonce=") && nonce.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"),
        "{nonce}"
    );
    assert!(place.backend.requests().is_empty());

    let back =
        browser.get(place.port, &format!("/oauth2/idpresponse?state={}&code=code%2F1", asked("state")));
    assert_eq!(
        (back.status, back.field("location")),
        (302, Some("https://default.example/a/b?c=d%20e")),
        "{}",
        back.head
    );
    let exchanged = place.provider.requests("/token");
    let form: BTreeMap<String, String> = lb::authenticate::parameters(exchanged[0].body.as_bytes()).collect();
    let expected = [
        ("code", "code/1"),
        ("grant_type", "authorization_code"),
        ("redirect_uri", "https://default.example/oauth2/idpresponse"),
    ];
    assert_eq!(form.iter().map(|(a, b)| (&**a, &**b)).collect::<Vec<_>>(), expected);
    // `client%2F1:hunter2%20%26%20more`
    assert_eq!(
        exchanged[0].field("authorization"),
        Some("Basic Y2xpZW50JTJGMTpodW50ZXIyJTIwJTI2JTIwbW9yZQ==")
    );
    let told = place.provider.requests("/userinfo?x=y");
    assert_eq!(told[0].field("authorization"), Some("Bearer access-1"));

    let page = browser.get(place.port, "/a/b?c=d%20e");
    assert_eq!(page.status, 200);
    let received = place.backend.requests().pop().expect("a request");
    assert_eq!(received.field("x-amzn-oidc-identity"), Some("ann"));
    assert_eq!(received.field("x-amzn-oidc-accesstoken"), Some("access-1"));
    let token = received.field("x-amzn-oidc-data").expect("claims");
    assert_eq!(token.split('.').count(), 3);
    assert_eq!(
        (count(&place, "ELBAuthSuccess"), count(&place, "ELBAuthFailure"), count(&place, "ELBAuthError")),
        (1, 0, 0)
    );
    assert_eq!(place.provider.requests("/token").len(), 1, "a session needs no provider");

    let mut times = Vec::new();
    place.engine.counters(BALANCER).expect("it is served").take(|name, value| times.push((name, value)));
    let latency = times.iter().find(|(name, _)| *name == "ELBAuthLatency");
    let Some((_, lb::metrics::Value::Statistics { count: 1, sum, .. })) = latency else {
        panic!("{times:?}")
    };
    assert!((0.1..5000.0).contains(sum), "{sum} ms");

    // The key of the token, by its id.
    let id = kid(token);
    let (mut stranger, path) = (Browser::default(), format!("/oauth2/public-keys/{id}"));
    assert_eq!(stranger.get(place.port, &path).status, 200);
    assert_eq!(stranger.get(place.port, "/oauth2/public-keys/other").status, 404);
}

fn kid(token: &str) -> String {
    use base64::Engine as _;
    let header = token.split('.').next().expect("a header");
    let header = base64::engine::general_purpose::URL_SAFE.decode(header).expect("base64");
    let header: serde_json::Value = serde_json::from_slice(&header).expect("JSON");
    header["kid"].as_str().expect("an id").to_owned()
}

#[test]
fn what_becomes_of_those_who_are_nobody() {
    let (allow, deny) = (
        place(|of| of.on_unauthenticated = OnUnauthenticated::Allow),
        place(|of| of.on_unauthenticated = OnUnauthenticated::Deny),
    );
    let page = Browser::default().send(
        allow.port,
        "GET",
        "/",
        "X-Amzn-Oidc-Identity: root\r\nx_amzn_oidc_data: forged\r\n",
    );
    assert_eq!(page.status, 200);
    let received = allow.backend.requests().pop().expect("a request");
    assert!(!received.head.to_ascii_lowercase().contains("oidc"), "{}", received.head);
    assert_eq!(Browser::default().get(deny.port, "/").status, 401);
    assert!(deny.backend.requests().is_empty());
    // Whatever the method and whatever is asked to be switched to: everybody is sent away alike.
    let authenticate = place(|_| {});
    for (method, fields) in [
        ("POST", "Content-Length: 0\r\n"),
        ("GET", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
        ("GET", "X-Requested-With: XMLHttpRequest\r\n"),
    ] {
        let mut browser = Browser::default();
        assert_eq!(browser.send(authenticate.port, method, "/", fields).status, 302, "{method} {fields}");
    }
    assert!(authenticate.backend.requests().is_empty());
}

#[test]
fn headers_of_the_load_balancer_are_its_own_on_every_rule() {
    let place = place(|_| {});
    let forged = "x-amzn-oidc-identity: root\r\nX_AMZN_OIDC_DATA: x\r\n";
    assert_eq!(Browser::default().send(place.port, "GET", "/open", forged).status, 200);
    let received = place.backend.requests().pop().expect("a request");
    assert!(!received.head.to_ascii_lowercase().contains("oidc"), "{}", received.head);
    // Nor by another listener, behind which are the same targets.
    let mut configuration = place.configuration.clone();
    configuration.revision += 1;
    let plain = listener(free_port(), ListenerProtocol::Http, forward(&[("g", 1)]));
    let port = plain.port;
    configuration.balancers[0].listeners.push(plain);
    place.engine.apply(&configuration).expect("it is taken");
    let mut client = Client::connect(port);
    client.send(format!("GET / HTTP/1.1\r\nHost: a\r\n{forged}\r\n"));
    assert_eq!(client.response().0, 200);
    let received = place.backend.requests().pop().expect("a request");
    assert!(!received.head.to_ascii_lowercase().contains("oidc"), "{}", received.head);
    // Nor does a client take away what the target is told.
    let mut browser = Browser::default();
    place.log_in(&mut browser, "/");
    let hop = "Connection: close, x-amzn-oidc-identity, x-amzn-oidc-data\r\nx-amzn-oidc-identity: root\r\n";
    assert_eq!(browser.send(place.port, "GET", "/", hop).status, 200);
    let received = place.backend.requests().pop().expect("a request");
    let said: Vec<_> =
        received.head.lines().filter(|line| line.starts_with("x-amzn-oidc-identity")).collect();
    assert_eq!(said, ["x-amzn-oidc-identity: ann"]);
    assert!(received.field("x-amzn-oidc-data").is_some());
}

#[test]
fn a_login_is_taken_from_the_browser_that_began_it_alone() {
    let place = place(|_| {});
    let mut browser = Browser::default();
    let state = browser.get(place.port, "/a").redirect().1["state"].clone();
    let callback = |query: &str| format!("/oauth2/idpresponse?{query}");
    let good = callback(&format!("code=c&state={state}"));
    // Another browser, without and with a nonce of its own (login CSRF).
    assert_eq!(Browser::default().get(place.port, &good).status, 401);
    let mut other = Browser::default();
    other.get(place.port, "/");
    assert_eq!(other.get(place.port, &good).status, 401);
    assert_eq!(other.session(), None);
    let mut altered = state.clone();
    altered.replace_range(20..21, if &state[20..21] == "A" { "B" } else { "A" });
    for query in [
        "code=c".to_owned(),
        format!("state={state}"),
        format!("code=&state={state}"),
        format!("code=c&state={altered}"),
        "code=c&state=".to_owned(),
        "code=c&state=%ff".to_owned(),
        format!("code=c&state={}", "A".repeat(9000)),
    ] {
        assert_eq!(browser.clone().get(place.port, &callback(&query)).status, 401, "{query}");
    }
    // The answer of another provider, as RFC 9207 tells them apart.
    let mixed_up = callback(&format!("code=c&state={state}&iss=https%3A%2F%2Fother.example"));
    assert_eq!(browser.clone().get(place.port, &mixed_up).status, 401);
    // Under another name of the load balancer.
    let elsewhere = browser.clone().send(place.port, "GET", &good, "Host: other.example\r\n");
    assert_eq!(elsewhere.status, 401);
    assert!(place.provider.requests("/token").is_empty(), "the provider was asked for nothing");
    assert_eq!(count(&place, "ELBAuthFailure"), 11);
    // What the provider says instead of a code.
    let denied = callback(&format!("error=access_denied&state={state}"));
    assert_eq!(browser.clone().get(place.port, &denied).status, 401);
    let failed = callback(&format!("error=server_error&state={state}"));
    assert_eq!(browser.clone().get(place.port, &failed).status, 561);
    let issuer = place.provider.issuer().replace(':', "%3A").replace('/', "%2F");
    assert_eq!(browser.get(place.port, &format!("{good}&iss={issuer}")).status, 302);
}

#[test]
fn nobody_is_sent_elsewhere() {
    let place = place(|_| {});
    for target in ["//evil.example/x", "/\\evil.example", "/%0d%0aLocation:x", "/?u=https://evil.example"] {
        let back = place.log_in(&mut Browser::default(), target);
        assert_eq!(back.field("location"), Some(&*format!("https://default.example{target}")));
    }
}

#[test]
fn what_a_provider_does_wrong() {
    let cases: Vec<(&str, u16, &str, support::provider::Reply, support::provider::Reply)> = vec![
        (
            "the code was used before",
            561,
            "ELBAuthFailure",
            Some((400, "{\"error\":\"invalid_grant\"}".to_owned())),
            None,
        ),
        (
            "the client is unknown",
            561,
            "ELBAuthError",
            Some((401, "{\"error\":\"invalid_client\"}".to_owned())),
            None,
        ),
        ("it redirects", 561, "ELBAuthError", Some((307, String::new())), None),
        ("no JSON", 401, "ELBAuthFailure", Some((200, "<html>".to_owned())), None),
        ("too long an answer", 401, "ELBAuthFailure", Some((200, " ".repeat(70_000))), None),
        (
            "no ID token",
            401,
            "ELBAuthFailure",
            Some((200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}".to_owned())),
            None,
        ),
        ("claims of somebody else", 401, "ELBAuthFailure", None, Some((200, "{\"sub\":\"bob\"}".to_owned()))),
        ("no claims", 561, "ELBAuthError", None, Some((403, "{}".to_owned()))),
        (
            "too many claims",
            500,
            "ELBAuthUserClaimsSizeExceeded",
            None,
            Some((200, format!("{{\"sub\":\"ann\",\"a\":\"{}\"}}", "a".repeat(11_300)))),
        ),
    ];
    let place = place(|_| {});
    let port = place.provider.port;
    for (what, status, metric, token, claims) in cases {
        let before = count(&place, metric);
        place.provider.answers(move |asked| match (&*asked.path, &token, &claims) {
            ("/token", Some(token), _) => Some(token.clone()),
            ("/userinfo?x=y", _, Some(claims)) => Some(claims.clone()),
            _ => Some(good(asked, port)),
        });
        let mut browser = Browser::default();
        let back = place.log_in(&mut browser, "/");
        assert_eq!((back.status, browser.session()), (status, None), "{what}");
        assert_eq!(count(&place, metric), before + 1, "{what}");
    }
    assert!(place.provider.requests("/else").is_empty(), "redirects are not followed");
    place.provider.answers(move |asked| match &*asked.path {
        "/token" => {
            let mut tokens = tokens(port, 3600);
            tokens["id_token"] =
                id_token(&format!("https://localhost:{port}"), "another client", "ann").into();
            Some((200, tokens.to_string()))
        }
        _ => Some(good(asked, port)),
    });
    assert_eq!(place.log_in(&mut Browser::default(), "/").status, 401, "an ID token of another client's");
    place.provider.answers(|_| None);
    let begun = std::time::Instant::now();
    assert_eq!(place.log_in(&mut Browser::default(), "/").status, 500, "it says nothing");
    assert!((Duration::from_secs(5)..Duration::from_secs(9)).contains(&begun.elapsed()));
}

#[test]
fn a_provider_shows_a_certificate_that_is_trusted() {
    let (mut place, stranger) = (place(|_| {}), Provider::start());
    place.port = free_port();
    place.configuration.balancers[0].listeners[0].port = place.port;
    place.engine = start(&stranger, &place.configuration);
    assert_eq!(place.log_in(&mut Browser::default(), "/").status, 500);
    assert!(place.provider.requests("/token").is_empty());
}

#[test]
fn sessions_end_and_are_renewed_before() {
    let place = place(|of| of.session_timeout_seconds = 6);
    let port = place.provider.port;
    // Access tokens that end at once.
    place.provider.answers(move |asked| {
        match (&*asked.path, asked.body.contains("refresh_token=refresh-1")) {
            ("/token", false) if asked.body.contains("refresh_token") => {
                Some((400, "{\"error\":\"invalid_grant\"}".to_owned()))
            }
            ("/token", true) => {
                let mut tokens = tokens(port, 3600);
                tokens["access_token"] = "access-2".into();
                tokens["refresh_token"] = "refresh-2".into();
                Some((200, tokens.to_string()))
            }
            ("/token", false) => Some((200, tokens(port, 0).to_string())),
            _ => Some(good(asked, port)),
        }
    });
    let mut browser = Browser::default();
    assert_eq!(place.log_in(&mut browser, "/").status, 302);
    let before = browser.clone();
    // Many at once are one renewal.
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let (mut browser, port) = (before.clone(), place.port);
            std::thread::spawn(move || (browser.get(port, "/").status, browser.session().cloned()))
        })
        .collect();
    for thread in threads {
        let (status, session) = thread.join().expect("no panic");
        assert_eq!(status, 200);
        assert_ne!(session.as_ref(), before.session(), "it was given its new cookies");
        browser.cookies.insert("AWSELBAuthSessionCookie-0".to_owned(), session.expect("a session"));
    }
    let renewals = || {
        place
            .provider
            .requests("/token")
            .iter()
            .filter(|asked| asked.body.contains("grant_type=refresh_token"))
            .count()
    };
    assert_eq!(renewals(), 1);
    assert_eq!(count(&place, "ELBAuthRefreshTokenSuccess"), 1);
    assert!(
        place
            .backend
            .requests()
            .iter()
            .all(|received| received.field("x-amzn-oidc-accesstoken") == Some("access-2"))
    );
    assert_eq!(browser.get(place.port, "/").status, 200);
    assert_eq!(renewals(), 1, "the new session is good for an hour");
    until("the session's end", || browser.clone().get(place.port, "/").status == 302);
}

#[test]
fn whoever_logged_out_at_the_provider_is_nobody() {
    let place = place(|_| {});
    let port = place.provider.port;
    place.provider.answers(move |asked| match &*asked.path {
        "/token" if asked.body.contains("grant_type=refresh_token") => {
            Some((400, "{\"error\":\"invalid_grant\"}".to_owned()))
        }
        "/token" => Some((200, tokens(port, 0).to_string())),
        _ => Some(good(asked, port)),
    });
    let mut browser = Browser::default();
    assert_eq!(place.log_in(&mut browser, "/").status, 302);
    let page = browser.get(place.port, "/");
    assert_eq!((page.status, page.redirect().0), (302, format!("{}/authorize", place.provider.issuer())));
    assert!(place.backend.requests().is_empty());
}

#[test]
fn cookies_that_were_not_sealed_here_are_nobodys() {
    let place = place(|_| {});
    let mut browser = Browser::default();
    place.log_in(&mut browser, "/");
    // The same load balancer under another master key, and another load balancer under the same.
    let mut other_key = place.configuration.clone();
    other_key.cookie_key = Secret::new("6d".repeat(32));
    let mut other_balancer = place.configuration.clone();
    other_balancer.balancers[0].arn.push('1');
    for mut configuration in [other_key, other_balancer] {
        let port = free_port();
        configuration.balancers[0].listeners[0].port = port;
        let _engine = start(&place.provider, &configuration);
        assert_eq!(browser.clone().get(port, "/").status, 302);
    }
    assert_eq!(browser.get(place.port, "/").status, 200);
}

#[test]
fn the_access_log_says_what_was_done() {
    #[derive(Default)]
    struct Lines(std::sync::Mutex<Vec<String>>);
    impl lb::log::Logs for Lines {
        fn write(&self, _: &str, _: lb::log::Kind, line: String) {
            self.0.lock().expect("no panic").push(line);
        }
    }
    let place = place(|_| {});
    let (lines, port) = (Arc::new(Lines::default()), free_port());
    let mut configuration = place.configuration.clone();
    configuration.balancers[0].access_log = true;
    configuration.balancers[0].listeners[0].port = port;
    let trust = Trust::These(vec![place.provider.root.clone()]);
    let engine =
        Engine::start(Options { trust, logs: Arc::<Lines>::clone(&lines), ..options() }).expect("it starts");
    engine.apply(&configuration).expect("it is taken");
    let place = Place { engine, port, ..place };
    let mut browser = Browser::default();
    place.log_in(&mut browser, "/");
    browser.get(port, "/");
    browser.get(port, "/oauth2/idpresponse?code=c");
    browser.cookies.insert("AWSELBAuthSessionCookie-0".to_owned(), "1forged".to_owned());
    browser.get(port, "/");
    let wanted = [
        (" 302 - ", "\"authenticate\" \"-\" \"-\""),
        (" 302 - ", "\"authenticate\" \"-\" \"-\""),
        (" 200 200 ", "\"authenticate,forward\" \"-\" \"-\""),
        (" 401 - ", "\"authenticate\" \"-\" \"AuthMissingStateParam\""),
        (" 302 - ", "\"authenticate\" \"-\" \"AuthInvalidCookie\""),
    ];
    until("five entries", || lines.0.lock().expect("no panic").len() == wanted.len());
    let lines = lines.0.lock().expect("no panic");
    for (line, (status, end)) in lines.iter().zip(wanted) {
        assert!(line.contains(status) && line.contains(end), "{line}");
        assert!(!line.contains(SECRET) && !line.contains("access-1"), "{line}");
    }
}

#[test]
fn a_configuration_with_another_signing_key_is_refused() {
    let place = place(|_| {});
    let mut configuration = place.configuration.clone();
    configuration.revision += 1;
    configuration.signing_key = Secret::new("00".repeat(32));
    assert!(place.engine.apply(&configuration).is_err());
}

/// Adds a rule for a path that authenticates as the default action does, but for what is changed.
fn rule(configuration: &mut Configuration, path: &str, change: impl FnOnce(&mut Authentication)) {
    let listener = &mut configuration.balancers[0].listeners[0];
    let mut actions = listener.default_actions.clone();
    let Action::AuthenticateOidc(of) = &mut actions[0] else { panic!("{actions:?}") };
    change(of);
    let priority = u32::try_from(listener.rules.len()).expect("few") + 1;
    listener.rules.push(Rule {
        arn: path.to_owned(),
        priority,
        conditions: vec![Condition::PathPattern(vec![path.to_owned()])],
        actions,
    });
}

#[test]
fn a_browser_keeps_a_session_as_long_as_any_rule_takes_it() {
    let mut place = place(|_| {});
    rule(&mut place.configuration, "/short", |of| of.session_timeout_seconds = 1);
    place.configuration.revision += 1;
    place.engine.apply(&place.configuration).expect("it is taken");
    let port = place.provider.port;
    place.provider.answers(move |asked| match &*asked.path {
        "/token" => Some((200, tokens(port, 0).to_string())),
        _ => Some(good(asked, port)),
    });
    let expires = |page: &Page| {
        let cookie =
            page.head.lines().find(|line| line.contains("SessionCookie-0=")).expect("a session").to_owned();
        let date = cookie
            .split("Expires=")
            .nth(1)
            .and_then(|rest| rest.split(';').next())
            .expect("a date")
            .to_owned();
        httpdate::parse_http_date(&date)
            .expect("a date")
            .duration_since(std::time::SystemTime::now())
            .unwrap_or_default()
    };
    let mut browser = Browser::default();
    assert!(expires(&place.log_in(&mut browser, "/short")) > Duration::from_secs(3000));
    // Renewed where it lasts no longer than a second it still is the others' session.
    let renewed = browser.get(place.port, "/short");
    assert_eq!(renewed.status, 200);
    assert!(expires(&renewed) > Duration::from_secs(3000));
}

#[test]
fn a_silent_provider_keeps_nobody_waiting_but_its_own_users() {
    let mut place = place(|_| {});
    rule(&mut place.configuration, "/silent", |of| of.client_id = "silent".to_owned());
    place.configuration.revision += 1;
    place.engine.apply(&place.configuration).expect("it is taken");
    let port = place.provider.port;
    place.provider.answers(move |asked| {
        let silent = asked.field("authorization").is_some_and(|said| said.starts_with("Basic c2lsZW50Om"));
        (!silent).then(|| good(asked, port))
    });
    std::thread::scope(|scope| {
        for _ in 0..80 {
            scope.spawn(|| place.log_in(&mut Browser::default(), "/silent").status);
        }
        until("many to wait", || place.provider.requests("/token").len() >= 16);
        let begun = std::time::Instant::now();
        assert_eq!(place.log_in(&mut Browser::default(), "/").status, 302);
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    });
}

#[test]
fn clients_of_http_2_are_users_too() {
    let place = place(|_| {});
    let mut browser = Browser::default();
    place.log_in(&mut browser, "/");
    let ask = |cookies: Vec<String>| {
        block(async {
            let mut sender = http2(place.port).await;
            // Each cookie in a field of its own, as browsers send them (RFC 9113 §8.2.3).
            let request =
                http::Request::get("https://default.example/").header("x-amzn-oidc-identity", "root");
            let request = cookies.iter().fold(request, |request, cookie| request.header("cookie", cookie));
            let (answer, _) =
                sender.send_request(request.body(()).expect("a request"), true).expect("it is sent");
            answer.await.expect("a response").status().as_u16()
        })
    };
    assert_eq!(ask(Vec::new()), 302);
    assert_eq!(ask(browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect()), 200);
    let received = place.backend.requests().pop().expect("a request");
    let said: Vec<_> =
        received.head.lines().filter(|line| line.starts_with("x-amzn-oidc-identity")).collect();
    assert_eq!(said, ["x-amzn-oidc-identity: ann"]);
}
