package courier.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.config.KafkaSettings;
import courier.config.StartupException;
import courier.kafka.ClientProperties;
import courier.kafka.TokenEndpoint;
import courier.kafka.TokenLogin;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that show tokens: what is said when an issuer gives none. */
class KafkaClientTest {
  private TokenEndpoint issuer;

  @BeforeEach
  void start() throws Exception {
    issuer = new TokenEndpoint();
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private static KafkaClient client(String url, String secret) {
    Map<String, String> said = new HashMap<>();
    said.put("security.protocol", "SASL_PLAINTEXT");
    said.put("sasl.mechanism", "OAUTHBEARER");
    said.put("sasl.oauthbearer.token.endpoint.url", url);
    said.put("sasl.oauthbearer.client.credentials.client.id", "courier");
    said.put("sasl.oauthbearer.client.credentials.client.secret", secret);
    said.put("sasl.login.retry.backoff.max.ms", "200");
    ClientProperties clients = new ClientProperties(new TokenLogin(said).complete());
    return new KafkaClient(new KafkaSettings("localhost:1", clients, 1, (short) 1));
  }

  private static String mistake(KafkaClient client) {
    return assertThrows(StartupException.class, client::make).getMessage();
  }

  @Test
  void aTokenIsFetchedOfAnAddressThatOnlyTheSettingsName() {
    client(issuer.address("/token"), TokenEndpoint.SECRET).make().close();

    assertEquals(1, issuer.given());
  }

  @Test
  void aSecretThatTheIssuerRefusesIsNamedAndNotShown() {
    String said = mistake(client(issuer.address("/token"), "also-not-shown"));

    assertEquals(
        "The issuer of Kafka's tokens, "
            + issuer.address("/token")
            + ", refuses Courier, correct"
            + " kafka.client.sasl.oauthbearer.client.credentials.client.secret: The response code"
            + " 401 and error response {\"invalid_client\" - \"no such client\"} was encountered"
            + " reading the token endpoint response",
        said);
  }

  @Test
  void anIssuerThatIsAwayIsNamed() {
    String said = mistake(client("http://localhost:1/token", TokenEndpoint.SECRET));

    assertEquals(
        "The issuer of Kafka's tokens, http://localhost:1/token, does not answer, start it or"
            + " correct kafka.client.sasl.oauthbearer.token.endpoint.url: Connection refused",
        said);
  }

  @Test
  void whatIsNoTokenIsNamed() {
    String said = mistake(client(issuer.address("/keys"), TokenEndpoint.SECRET));

    assertTrue(said.contains("gives none that is good, correct kafka.client.sasl"), said);
    assertFalse(said.contains("Exception"), said);
  }

  @Test
  void anIssuerThatIsNotThereYetIsWaitedForAndARefusalIsNot() {
    issuer.isDownFor(5); // more than there are tries in 200 ms
    KafkaClient client = client(issuer.address("/token"), TokenEndpoint.SECRET);

    client.make(System.nanoTime() + TimeUnit.SECONDS.toNanos(60), "60s").close();
    KafkaClient refused = client(issuer.address("/token"), "wrong");
    assertThrows(
        StartupException.class,
        () -> refused.make(System.nanoTime() + TimeUnit.DAYS.toNanos(1), "1d"));
  }
}
