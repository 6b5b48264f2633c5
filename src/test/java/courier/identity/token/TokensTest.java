package courier.identity.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose a token is, and which ones are refused. */
class TokensTest extends SignedTokens {
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
}
