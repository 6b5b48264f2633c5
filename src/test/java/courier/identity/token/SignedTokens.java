package courier.identity.token;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** Keys of all kinds, and who verifies the tokens that they sign. */
abstract class SignedTokens {
  static final Consumer<JWTClaimsSet.Builder> GOOD = claims -> {};
  static final Duration SKEW = Duration.ofSeconds(2);

  static RSAKey rsa;
  static ECKey ec;
  static OctetSequenceKey secret;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    secret = new OctetSequenceKeyGenerator(256).keyID("secret").generate();
  }

  static Stream<Arguments> signed() {
    return Stream.of(
        Arguments.of(secret, JWSAlgorithm.HS256),
        Arguments.of(rsa, JWSAlgorithm.RS256),
        Arguments.of(rsa, JWSAlgorithm.PS256),
        Arguments.of(ec, JWSAlgorithm.ES256));
  }

  Tokens tokens(String keys) {
    return tokens(keys, TokenRules.KNOWN);
  }

  static Tokens tokens(String keys, Set<JWSAlgorithm> algorithms) {
    return new Tokens(rules(keys, algorithms), Clock.systemUTC());
  }

  static TokenRules rules(String keys, Set<JWSAlgorithm> algorithms) {
    return new TokenRules(Issuer.NAME, Set.of(Issuer.AUDIENCE), algorithms, keys, SKEW, "roles");
  }

  String file(String text) throws Exception {
    return Files.writeString(folder.resolve("keys"), text).toString();
  }

  static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static TokenRefused assertRefused(Tokens tokens, String token) {
    return assertThrows(TokenRefused.class, () -> tokens.verify(token), token);
  }
}
