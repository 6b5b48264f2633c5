package courier.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import courier.identity.token.Issuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer that gives tokens to programs by their secret (OAuth's client credentials). */
public final class TokenEndpoint implements AutoCloseable {
  public static final String SECRET = "never-to-be-shown";

  /** What a broker is to expect. */
  public static final String AUDIENCE = "kafka";

  private final RSAKey key;
  private final HttpServer server;
  private final AtomicInteger given = new AtomicInteger();
  private volatile int down;
  private volatile String audience = AUDIENCE;

  public TokenEndpoint() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("1").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys", request -> answer(request, 200, new JWKSet(key.toPublicJWK()).toString(true)));
    server.createContext("/token", this::token);
    server.start();
  }

  private void token(HttpExchange request) throws IOException {
    String who = request.getRequestHeaders().getFirst("Authorization");
    String[] login =
        new String(Base64.getDecoder().decode(who.replace("Basic ", "")), UTF_8).split(":", 2);
    if (down > 0) {
      down--;
      answer(request, 503, "down");
    } else if (!login[1].equals(SECRET)) {
      answer(
          request, 401, "{\"error\":\"invalid_client\",\"error_description\":\"no such client\"}");
    } else {
      given.incrementAndGet();
      answer(request, 200, "{\"access_token\":\"%s\",\"expires_in\":300}".formatted(of(login[0])));
    }
  }

  private String of(String client) throws IOException {
    try {
      return Issuer.token(
          key, JWSAlgorithm.RS256, claims -> claims.subject(client).audience(audience));
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange request, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    request.getResponseHeaders().set("content-type", "application/json");
    request.sendResponseHeaders(status, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  public String address(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** Answers so many questions by 503. */
  public void isDownFor(int questions) {
    down = questions;
  }

  /** Whom the tokens are for from now on. */
  public void isFor(String other) {
    audience = other;
  }

  public int given() {
    return given.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
