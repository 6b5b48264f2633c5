package courier.identity.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;

/** An identity server: its metadata, its keys, and what it signs. */
public final class Issuer implements AutoCloseable {
  public static final String NAME = "https://issuer.example";
  public static final String AUDIENCE = "courier";

  private final HttpServer server;
  private volatile List<JWK> keys;
  private volatile boolean down;

  public Issuer(JWK... keys) throws IOException {
    this.keys = List.of(keys);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/keys", () -> new JWKSet(this.keys).toString(true));
    serve(
        "/.well-known/openid-configuration",
        () -> "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(NAME, address("/keys")));
    server.start();
  }

  private void serve(String path, java.util.function.Supplier<String> answer) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = answer.get().getBytes(UTF_8);
          exchange.sendResponseHeaders(down ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  public String address(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  void rotateTo(JWK... now) {
    keys = List.of(now);
  }

  void goesDown() {
    down = true;
  }

  void comesBack() {
    down = false;
  }

  /** A token that is good but for what is done to its claims. */
  public static String token(JWK key, JWSAlgorithm by, Consumer<JWTClaimsSet.Builder> but)
      throws Exception {
    return token(key, new JWSHeader.Builder(by).keyID(key.getKeyID()).build(), but);
  }

  static String token(JWK key, JWSHeader header, Consumer<JWTClaimsSet.Builder> but)
      throws Exception {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(AUDIENCE)
            .subject("anna")
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    but.accept(claims);
    JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
    SignedJWT token = new SignedJWT(header, claims.build());
    token.sign(signer);
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
