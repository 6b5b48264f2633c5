package courier.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of keys may have: a JWK Set or one JWK (RFC 7517), public keys or certificates in PEM
 * (RFC 7468), or the secret of HS256 as text of at least 32 bytes.
 */
final class KeyFile {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END \\1-----");
  private static final int SECRET_BYTES = 32;
  private static final int ED25519_BYTES = 32;

  private KeyFile() {}

  /**
   * @throws IllegalArgumentException saying what is wrong, without what is in the file
   */
  static JWKSet read(String text) {
    try {
      if (text.stripLeading().startsWith("{")) {
        return text.contains("\"keys\"") ? JWKSet.parse(text) : new JWKSet(JWK.parse(text));
      }
      return text.contains("-----BEGIN") ? pem(text) : secret(text.strip());
    } catch (ParseException e) {
      throw new IllegalArgumentException("its JSON is no JWK Set (RFC 7517)");
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalArgumentException("a key in it cannot be read as RSA, EC or Ed25519");
    }
  }

  private static JWKSet secret(String text) {
    byte[] secret = text.getBytes(StandardCharsets.UTF_8);
    if (secret.length < SECRET_BYTES) {
      throw new IllegalArgumentException("a secret has at least 32 bytes (RFC 7518, 3.2)");
    }
    return new JWKSet(new OctetSequenceKey.Builder(secret).build());
  }

  private static JWKSet pem(String text) throws GeneralSecurityException, JOSEException {
    List<JWK> keys = new ArrayList<>();
    for (Matcher block = PEM.matcher(text); block.find(); ) {
      byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
      keys.add(
          switch (block.group(1)) {
            case "PUBLIC KEY" -> jwk(publicKey(encoded));
            case "CERTIFICATE" -> jwk(certified(encoded));
            default ->
                throw new IllegalArgumentException(
                    "it has a %s: give the public one (PUBLIC KEY or CERTIFICATE)"
                        .formatted(block.group(1)));
          });
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("its PEM has no end");
    }
    return new JWKSet(keys);
  }

  private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
    GeneralSecurityException none = null;
    for (String kind : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        none = e;
      }
    }
    throw none;
  }

  private static PublicKey certified(byte[] encoded) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(encoded))
        .getPublicKey();
  }

  private static JWK jwk(PublicKey key) throws GeneralSecurityException, JOSEException {
    if (key instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).build();
    }
    if (key instanceof ECPublicKey ec) {
      return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
    }
    if (key instanceof EdECPublicKey) {
      byte[] encoded = key.getEncoded();
      byte[] x = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
      return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build();
    }
    throw new GeneralSecurityException(key.getAlgorithm());
  }
}
