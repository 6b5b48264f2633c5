package courier.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import courier.fixture.CourierProcess;
import courier.identity.token.Issuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Courier that asks who somebody is, and an issuer whose tokens it takes. */
public final class SignedCourier implements AutoCloseable {
  public final CourierProcess process;
  final ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();
  final ECKey key;
  private final Issuer issuer;

  public SignedCourier(Path folder) throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("now").generate();
    issuer = new Issuer(key);
    process =
        new CourierProcess(folder)
            .with("AUTH_MODE", "jwt")
            .with("AUTH_ISSUER", Issuer.NAME)
            .with("AUTH_AUDIENCE", Issuer.AUDIENCE)
            .with("AUTH_KEYS", issuer.address("/.well-known/openid-configuration"))
            .with("AUTH_CLOCK_SKEW", "0s")
            .with("CLIENT_ID", "*");
  }

  /** A token of somebody with a role. */
  public String token(String name, String role) {
    return token(claims -> claims.subject(name).claim("roles", List.of(role)));
  }

  /** One that is good for so long. */
  public String token(String name, int seconds) {
    Date end = Date.from(Instant.now().plusSeconds(seconds));
    return token(claims -> claims.subject(name).expirationTime(end));
  }

  public String token(Consumer<JWTClaimsSet.Builder> but) {
    try {
      String token =
          Issuer.token(
              key,
              JWSAlgorithm.ES256,
              claims -> but.accept(claims.jwtID(UUID.randomUUID().toString())));
      tokens.add(token);
      return token;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is answered to who shows this token; null is nobody. */
  public HttpResponse<String> ask(String method, String address, String token, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return CourierProcess.exchange(
        request.method(
            method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  int port() {
    return Integer.parseInt(process.variable("CLIENT_B_HTTP_PORT"));
  }

  @Override
  public void close() {
    process.close();
    issuer.close();
  }
}
