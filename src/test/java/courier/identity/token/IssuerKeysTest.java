package courier.identity.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * By which keys tokens are verified: of a file of any form, or the ones that the issuer has now.
 */
class IssuerKeysTest extends SignedTokens {
  @Test
  void takesEdDsa() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String body =
        part("{\"alg\":\"EdDSA\"}")
            + "."
            + part(
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"bob\",\"exp\":%d}"
                    .formatted(Issuer.NAME, Issuer.AUDIENCE, Instant.now().getEpochSecond() + 60));
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(body.getBytes(UTF_8));
    String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    Tokens tokens = tokens(file(pem(pair.getPublic())));

    assertEquals("bob", tokens.verify(body + "." + signature).name());
    assertRefused(
        tokens,
        part("{\"alg\":\"EdDSA\",\"kid\":\"x\"}")
            + body.substring(body.indexOf('.'))
            + "."
            + signature);
  }

  static Stream<Arguments> signedByTheirPrivatePart() {
    return signed().filter(each -> each.get()[0] != secret);
  }

  @ParameterizedTest
  @MethodSource("signedByTheirPrivatePart")
  void readsPublicKeysAsPem(JWK key, JWSAlgorithm by) throws Exception {
    PublicKey open = key instanceof RSAKey r ? r.toPublicKey() : key.toECKey().toPublicKey();

    Tokens tokens = tokens(file(pem(open)));

    assertEquals("anna", tokens.verify(Issuer.token(key, by, GOOD)).name());
  }

  @Test
  void followsTheIssuerToItsNextKeysAndThroughAnOutage() throws Exception {
    ECKey next = new ECKeyGenerator(Curve.P_256).keyID("next").generate();
    try (Issuer issuer = new Issuer(ec)) {
      issuer.goesDown();
      Tokens tokens =
          new Tokens(
              rules(issuer.address("/.well-known/openid-configuration"), TokenRules.KNOWN),
              Clock.systemUTC(),
              1);
      assertThrows(
          KeysUnavailable.class, () -> tokens.verify(Issuer.token(ec, JWSAlgorithm.ES256, GOOD)));
      issuer.comesBack();
      assertEquals("anna", tokens.verify(Issuer.token(ec, JWSAlgorithm.ES256, GOOD)).name());

      issuer.rotateTo(next);
      assertEquals("anna", tokens.verify(Issuer.token(next, JWSAlgorithm.ES256, GOOD)).name());
      assertRefused(tokens, Issuer.token(ec, JWSAlgorithm.ES256, GOOD));

      issuer.goesDown();
      assertEquals("anna", tokens.verify(Issuer.token(next, JWSAlgorithm.ES256, GOOD)).name());
    }
  }

  @Test
  void saysOfAFileWhatIsWrongWithIt() {
    assertTrue(mistake("short").contains("32 bytes"), mistake("short"));
    assertTrue(mistake("{\"keys\":7}").contains("JWK Set"), mistake("{\"keys\":7}"));
    String closed = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
    assertTrue(mistake(closed).contains("public"), mistake(closed));
    assertFalse(mistake("my-password").contains("my-password"), mistake("my-password"));
  }

  private static String mistake(String text) {
    return assertThrows(IllegalArgumentException.class, () -> KeyFile.read(text)).getMessage();
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
