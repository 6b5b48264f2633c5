package courier.identity;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import courier.fixture.CourierProcess;
import courier.fixture.ForeignProducer;
import courier.fixture.Json;
import courier.identity.token.Issuer;
import courier.socketio.SocketioClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Who tries to be somebody else, at every door there is. */
@TestInstance(Lifecycle.PER_CLASS)
class IdentityIT {
  private static final String HELLO =
      "{\"id\":\"hello\",\"from\":\"anna\",\"to\":\"bob\",\"message\":\"a secret word\"}";
  private static final String LIST = "{\"type\":\"search\",\"mbean\":\"org.apache.camel:*\"}";
  private static final String STOP =
      "[%s,{\"type\":\"exec\",\"mbean\":\"org.apache.camel:*\",\"operation\":\"stop()\"}]"
          .formatted(LIST);

  private SignedCourier courier;
  private String a;
  private String b;
  private String letter;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    courier = new SignedCourier(folder);
    courier.process.start();
    a = courier.process.clientA();
    b = courier.process.clientB();
    assertEquals(202, courier.ask("POST", a + "/send-message", token("anna"), HELLO).statusCode());
    try (ForeignProducer others = new ForeignProducer(courier.process.brokers())) {
      others.send(
          "client-messages", "key of anna", "{\"from\":\"anna\",\"to\":\"bob\"} a secret word");
    }
    await()
        .until(
            () ->
                courier.ask("GET", b + "/messages/hello", token("bob"), null).statusCode() == 200
                    && letters("operator").body().contains("_id"));
    letter = Json.of(letters("operator")).path(0).path("_id").textValue();
  }

  @AfterAll
  void noTokenWasWrittenDown() {
    courier.close();
    String log = CourierProcess.read(courier.process.folder.resolve("courier-0.log"));
    assertEquals(
        Set.of(), courier.tokens.stream().filter(log::contains).collect(Collectors.toSet()));
  }

  private String token(String name) {
    return courier.token(name, "client");
  }

  private HttpResponse<String> letters(String role) {
    return courier.ask("GET", b + "/dead-letters", courier.token("somebody", role), null);
  }

  @Test
  void whoShowsNoGoodTokenComesInNowhere() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(5));
    Date future = Date.from(Instant.now().plusSeconds(60));
    String open = courier.key.toPublicJWK().toJSONString();
    OctetSequenceKey secret =
        new OctetSequenceKey.Builder(open.getBytes(StandardCharsets.UTF_8)).keyID("now").build();
    Map<String, String> bad = new HashMap<>();
    bad.put("expired", courier.token(claims -> claims.expirationTime(past)));
    bad.put("not yet valid", courier.token(claims -> claims.notBeforeTime(future)));
    bad.put("wrong issuer", courier.token(claims -> claims.issuer("https://evil.example")));
    bad.put("wrong audience", courier.token(claims -> claims.audience("shop")));
    bad.put("without a name", courier.token(claims -> claims.subject(null)));
    bad.put(
        "alg none", new PlainJWT(new JWTClaimsSet.Builder().subject("anna").build()).serialize());
    bad.put("signed by the public key", Issuer.token(secret, JWSAlgorithm.HS256, claims -> {}));
    bad.put(
        "signed by another key",
        Issuer.token(
            new ECKeyGenerator(Curve.P_256).keyID("now").generate(), JWSAlgorithm.ES256, c -> {}));
    String good = token("anna");
    bad.put("without its signature", good.substring(0, good.lastIndexOf('.') + 1));
    bad.put("no token at all", "hello");

    for (Map.Entry<String, String> each : bad.entrySet()) {
      String token = each.getValue();
      for (String address :
          List.of(a + "/send-message", b + "/messages", b + "/dead-letters", jolokia())) {
        HttpResponse<String> answer =
            courier.ask(address.equals(a + "/send-message") ? "POST" : "GET", address, token, null);
        assertEquals(401, answer.statusCode(), each.getKey() + " at " + address);
        assertTrue(
            answer.headers().firstValue("WWW-Authenticate").orElse("").contains("invalid_token"));
      }
      String refusal = SocketioClient.refusal(courier.port(), Map.of("token", token));
      assertEquals(each.getKey().equals("expired"), refusal.equals("token-expired"), refusal);
      assertFalse(refusal.contains(token), refusal);
    }
    assertEquals(400, courier.ask("GET", b + "/messages?token=" + good, good, null).statusCode());
    assertEquals(
        400, courier.ask("GET", b + "/messages?access_token=" + good, null, null).statusCode());
    assertEquals(
        400,
        courier
            .ask("GET", b + "/socket.io/?EIO=4&transport=polling&token=" + good, null, null)
            .statusCode());
    assertTrue(SocketioClient.refusal(courier.port(), Map.of()).startsWith("Say who you are"));
  }

  private String jolokia() {
    return courier.process.managementB() + "/jolokia/version";
  }

  @Test
  void everyRouteAsksForItsRole() throws Exception {
    Map<String, String> services = Map.of("client-a", a, "client-b", b);
    Set<String> roles = new TreeSet<>();
    for (Map.Entry<String, String> service : services.entrySet()) {
      for (Endpoints.Endpoint each : new Endpoints(Path.of("routes", service.getKey())).all()) {
        String address = service.getValue() + each.path().replaceAll("\\{\\w+}", "x");
        String json = each.path().equals("/send-message") ? "{}" : null;
        assertEquals(401, courier.ask(each.method(), address, null, json).statusCode(), address);
        for (String role : List.of("client", "viewer", "operator")) {
          int status =
              courier.ask(each.method(), address, courier.token("x", role), json).statusCode();
          assertEquals(
              List.of("client", "viewer", "operator").indexOf(role)
                  < List.of("client", "viewer", "operator").indexOf(each.role()),
              status == 403,
              each + " by a " + role + ": " + status);
          assertTrue(status != 401 && status < 500, each + " by a " + role + ": " + status);
        }
        roles.add(each.role());
      }
    }
    assertEquals(Set.of("client", "viewer", "operator"), roles);
  }

  @Test
  void nobodyReadsSendsOrAnswersForAnotherOne() throws Exception {
    String eve = token("eve");
    assertStatus(403, "POST", a + "/send-message", eve, HELLO);
    assertStatus(403, "GET", b + "/messages?clientId=anna", eve, null);
    assertStatus(403, "GET", b + "/conversations?clientId=anna", eve, null);
    assertStatus(400, "GET", b + "/messages?clientId=anna&clientId=eve", eve, null);
    assertStatus(404, "GET", b + "/messages/hello", eve, null);
    assertStatus(404, "GET", b + "/messages/hello/trace", eve, null);
    assertStatus(404, "GET", b + "/messages/hello", courier.token("vic", "viewer"), null);
    for (String own : List.of("/messages", "/conversations")) {
      assertFalse(courier.ask("GET", b + own, eve, null).body().contains("secret"), own);
      assertTrue(courier.ask("GET", b + own, token("bob"), null).body().contains("secret"), own);
    }
    assertStatus(200, "GET", b + "/messages/hello/trace", token("bob"), null);
    assertStatus(200, "GET", b + "/messages?clientId=anna", courier.token("o", "operator"), null);
    assertTrue(
        SocketioClient.refusal(courier.port(), Map.of("token", eve, "clientId", "anna"))
            .startsWith("auth.clientId is somebody else"));
  }

  private void assertStatus(int status, String method, String address, String token, String body) {
    HttpResponse<String> answer = courier.ask(method, address, token, body);
    assertEquals(status, answer.statusCode(), method + " " + address + ": " + answer.body());
  }

  @Test
  void aViewerSeesTheDeskWithoutWhatPeopleWroteAndWhoTheyAre() {
    String address = b + "/dead-letters/" + letter;
    String olga = courier.token("olga", "operator");
    assertStatus(200, "POST", address + "/tags", olga, "{\"add\":[\"billing\"]}");
    assertStatus(200, "POST", address + "/notes", olga, "{\"text\":\"anna told a secret\"}");
    assertStatus(200, "POST", address + "/hold", olga, "{\"why\":\"anna asked\"}");
    for (String path : List.of("/dead-letters", "/dead-letters/" + letter, "/dead-letter-groups")) {
      String seen = courier.ask("GET", b + path, courier.token("vic", "viewer"), null).body();
      assertTrue(seen.contains("\"reason\""), seen);
      assertFalse(
          seen.contains("anna") || seen.contains("secret") || seen.contains("c2Vjcm"), seen);
    }
    String all =
        courier
            .ask("GET", b + "/dead-letters/" + letter, courier.token("o", "operator"), null)
            .body();
    assertTrue(all.contains("a secret word"), all);
    assertStatus(403, "GET", b + "/dead-letters?sender=anna", courier.token("vic", "viewer"), null);
    String seen = courier.ask("GET", address, courier.token("vic", "viewer"), null).body();
    assertTrue(seen.contains("\"tags\":[\"billing\"]"), seen);
    assertFalse(seen.contains("olga"), seen);
    assertStatus(200, "POST", address + "/release", olga, null);
  }

  @Test
  void whoChangesTheDeskIsWhoSignedIn() {
    String olga = courier.token("olga", "operator");
    String address = b + "/dead-letters/" + letter;

    assertStatus(200, "POST", address + "/discard", olga, "{\"by\":\"somebody else\"}");

    String history = courier.ask("GET", address, olga, null).body();
    assertTrue(history.contains("\"by\":\"olga\""), history);
    assertFalse(history.contains("somebody else"), history);
    assertStatus(200, "POST", address + "/undo", olga, null);
  }

  @Test
  void theManagementIsForViewersToReadAndForOperatorsToChange() {
    String management = courier.process.managementB();
    String viewer = courier.token("vic", "viewer");
    assertStatus(200, "GET", management + "/health/ready", null, null);
    assertStatus(401, "GET", management + "/health?data=true&exposureLevel=full", null, null);
    assertStatus(401, "GET", management + "/metrics", null, null);
    assertStatus(401, "GET", management + "/jolokia/version", null, null);
    assertStatus(403, "GET", management + "/metrics", token("anna"), null);
    assertStatus(200, "GET", management + "/metrics", viewer, null);
    assertStatus(200, "GET", management + "/jolokia/version", viewer, null);
    assertStatus(200, "POST", management + "/jolokia", viewer, "[%s]".formatted(LIST));
    assertStatus(403, "POST", management + "/jolokia", viewer, STOP);
    assertStatus(403, "POST", management + "/jolokia", viewer, "no JSON");
    assertStatus(
        403, "POST", management + "/jolokia", viewer, "{\"type\":\"exec\",\"type\":\"read\"}");
    assertStatus(
        403, "POST", management + "/jolokia", viewer, LIST + STOP.substring(1, STOP.length() - 1));
    assertStatus(
        403, "GET", management + "/jolokia/exec/org.apache.camel:type=x/stop()", viewer, null);
    assertStatus(
        403, "GET", management + "/jolokia/?p=exec/org.apache.camel:type=x/stop()", viewer, null);
    assertStatus(
        403, "GET", management + "/jolokia/%65xec/org.apache.camel:type=x/stop()", viewer, null);
    String dump = "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"dumpRoutesAsXml%s}";
    String context = "org.apache.camel:context=client-b,name=\\\"client-b\\\",type=context";
    assertStatus(200, "POST", management + "/jolokia", viewer, dump.formatted(context, "()\""));
    assertStatus(
        403,
        "POST",
        management + "/jolokia",
        viewer,
        dump.formatted(context, "(boolean)\",\"arguments\":[true]"));
    assertStatus(
        403, "POST", management + "/jolokia", viewer, dump.formatted("other:type=x", "()\""));
    assertStatus(200, "POST", management + "/jolokia", courier.token("o", "operator"), STOP);
  }

  @Test
  void whatIsRevokedIsRefusedAtBothServicesAndItsSocketsEnd() throws Exception {
    String token = token("rob");
    Map<String, String> auth = new HashMap<>(Map.of("token", token));
    try (SocketioClient client = SocketioClient.connect(courier.port(), auth, "websocket");
        SocketioClient polling =
            SocketioClient.connect(courier.port(), new HashMap<>(auth), "polling")) {
      String request = "{\"person\":\"rob\"}";
      assertStatus(403, "POST", b + "/token-revocations", token, request);
      assertStatus(400, "POST", b + "/token-revocations", courier.token("o", "operator"), "{}");
      assertStatus(200, "POST", b + "/token-revocations", courier.token("o", "operator"), request);

      await().until(() -> !client.connected() && !polling.connected());
      assertStatus(401, "GET", b + "/messages", token, null);
      await()
          .until(() -> courier.ask("POST", a + "/send-message", token, "{}").statusCode() == 401);
      assertEquals(
          "The token was revoked: get a new one.",
          SocketioClient.refusal(courier.port(), Map.of("token", token)));
    }
    assertStatus(200, "GET", b + "/messages", token("anna"), null);
  }

  @Test
  void aSocketLastsAsLongAsItsTokenAndMissesNothingByThat() throws Exception {
    Map<String, String> auth = new HashMap<>(Map.of("token", courier.token("sam", 5)));
    try (SocketioClient stays = SocketioClient.connect(courier.port(), auth, "websocket");
        SocketioClient gone =
            SocketioClient.connect(
                courier.port(), Map.of("token", courier.token("sam", 5)), "websocket")) {
      stays.goesOnBy(auth);
      String anna = token("anna");
      int sent = 0;
      while (stays.disconnects.get() < 2) {
        auth.put("token", courier.token("sam", 5));
        assertStatus(202, "POST", a + "/send-message", anna, numbered(sent++));
      }

      int all = sent;
      await().until(() -> stays.received.size() >= all);
      assertEquals(
          IntStream.range(0, all).mapToObj(i -> "sam-" + i).toList(),
          stays.received.stream().map(each -> ((JSONObject) each).optString("_id")).toList());
      assertFalse(gone.connected());
      assertTrue(gone.received.size() < all, () -> gone.received.size() + " of " + all);
    }
  }

  private static String numbered(int number) {
    return "{\"id\":\"sam-%d\",\"from\":\"anna\",\"to\":\"sam\",\"message\":\"m\"}"
        .formatted(number);
  }
}
