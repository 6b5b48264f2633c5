package courier.identity.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokensTest {
  private static final Consumer<JWTClaimsSet.Builder> GOOD = claims -> {};
  private static final Duration SKEW = Duration.ofSeconds(2);

  private static RSAKey rsa;
  private static ECKey ec;
  private static OctetSequenceKey secret;

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

  @ParameterizedTest
  @MethodSource("signed")
  void saysWhoseATokenIs(JWK key, JWSAlgorithm by) throws Exception {
    Tokens tokens = tokens(file(key.toJSONString()));

    Identity identity =
        tokens.verify(Issuer.token(key, by, c -> c.jwtID("j").claim("roles", List.of("operator"))));

    assertEquals("anna", identity.name());
    assertEquals(Role.OPERATOR, identity.role());
    assertEquals("j", identity.tokenId());
    String token = Issuer.token(key, by, GOOD);
    assertRefused(tokens, token.substring(0, token.length() - 8) + "AAAAAAAA");
  }

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

  static Stream<Arguments> wrong() {
    Date past = Date.from(Instant.now().minusSeconds(60));
    Date future = Date.from(Instant.now().plusSeconds(60));
    return Stream.of(
        wrong("another issuer", c -> c.issuer("https://other.example")),
        wrong("no issuer", c -> c.issuer(null)),
        wrong("another audience", c -> c.audience("other")),
        wrong("no audience", c -> c.audience((String) null)),
        wrong("expired", c -> c.expirationTime(past)),
        wrong("without an end", c -> c.expirationTime(null)),
        wrong("not yet valid", c -> c.notBeforeTime(future)),
        wrong("nobody's", c -> c.subject(null)),
        wrong("of an empty name", c -> c.subject("")),
        wrong("of a name that is too long", c -> c.subject("a".repeat(129))));
  }

  private static Arguments wrong(String what, Consumer<JWTClaimsSet.Builder> but) {
    return Arguments.of(what, but);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void refusesWhatIsNotForHere(String what, Consumer<JWTClaimsSet.Builder> but) throws Exception {
    TokenRefused refused =
        assertRefused(tokens(file(ec.toJSONString())), Issuer.token(ec, JWSAlgorithm.ES256, but));

    assertEquals(what.equals("expired"), refused.isExpired());
  }

  @Test
  void refusesWhatIsNotSignedAsItIsAskedFor() throws Exception {
    Tokens tokens = tokens(file(rsa.toJSONString()), Set.of(JWSAlgorithm.RS256));
    String plain = new PlainJWT(new JWTClaimsSet.Builder().subject("anna").build()).serialize();
    byte[] open = pem(rsa.toPublicKey()).getBytes(UTF_8);
    JWK asSecret = new OctetSequenceKey.Builder(open).keyID("rsa").build();

    assertRefused(tokens, plain);
    assertRefused(tokens, Issuer.token(asSecret, JWSAlgorithm.HS256, GOOD));
    assertRefused(
        tokens(file(rsa.toJSONString())), Issuer.token(asSecret, JWSAlgorithm.HS256, GOOD));
    assertRefused(tokens, Issuer.token(rsa, JWSAlgorithm.PS256, GOOD));
    assertRefused(
        tokens,
        Issuer.token(new RSAKeyGenerator(2048).keyID("rsa").generate(), JWSAlgorithm.RS256, GOOD));
    assertRefused(tokens, Issuer.token(rsa, type("secevent+jwt"), GOOD));
    assertRefused(
        tokens,
        Issuer.token(
            rsa,
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .criticalParams(Set.of("b64"))
                .base64URLEncodePayload(true)
                .build(),
            GOOD));
    for (String none : List.of("", "x", "a.b.c", "..", "e30.e30.e30", "x".repeat(9000))) {
      assertRefused(tokens, none);
    }
    assertEquals("anna", tokens.verify(Issuer.token(rsa, type("at+jwt"), GOOD)).name());
  }

  private static JWSHeader type(String type) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType(type)).build();
  }

  @Test
  void theClocksMayBeALittleApart() throws Exception {
    Tokens tokens = tokens(file(ec.toJSONString()));
    Date now = new Date();

    Identity identity =
        tokens.verify(Issuer.token(ec, JWSAlgorithm.ES256, c -> c.expirationTime(now)));

    assertEquals(
        now.toInstant().getEpochSecond() + SKEW.toSeconds(), identity.expires().getEpochSecond());
  }

  @Test
  void findsRolesWhereAnIssuerHasThem() throws Exception {
    assertEquals(Role.CLIENT, role("roles", "roles", List.of("admin", "anybody", 7)));
    assertEquals(Role.VIEWER, role("scope", "scope", "openid viewer"));
    assertEquals(
        Role.OPERATOR,
        role("realm_access.roles", "realm_access", Map.of("roles", List.of("viewer", "operator"))));
    assertEquals(
        Role.VIEWER, role("https://a.example/roles", "https://a.example/roles", List.of("viewer")));
    assertEquals(Role.CLIENT, role("realm_access.roles", "realm_access", "operator"));
  }

  private Role role(String path, String claim, Object value) throws Exception {
    TokenRules rules =
        new TokenRules(
            Issuer.NAME,
            Set.of(Issuer.AUDIENCE),
            TokenRules.KNOWN,
            file(ec.toJSONString()),
            SKEW,
            path);
    return new Tokens(rules, Clock.systemUTC())
        .verify(Issuer.token(ec, JWSAlgorithm.ES256, c -> c.claim(claim, value)))
        .role();
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

  private Tokens tokens(String keys) {
    return tokens(keys, TokenRules.KNOWN);
  }

  private static Tokens tokens(String keys, Set<JWSAlgorithm> algorithms) {
    return new Tokens(rules(keys, algorithms), Clock.systemUTC());
  }

  private static TokenRules rules(String keys, Set<JWSAlgorithm> algorithms) {
    return new TokenRules(Issuer.NAME, Set.of(Issuer.AUDIENCE), algorithms, keys, SKEW, "roles");
  }

  private String file(String text) throws Exception {
    return Files.writeString(folder.resolve("keys"), text).toString();
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  private static TokenRefused assertRefused(Tokens tokens, String token) {
    return assertThrows(TokenRefused.class, () -> tokens.verify(token), token);
  }
}
