package courier.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/**
 * A key of one's own, to sign tokens with where there is no identity server: a JWK Set in a file,
 * with its private part, for its owner alone to read.
 */
final class DemoKeys {
  private final ECKey key;

  private DemoKeys(ECKey key) {
    this.key = key;
  }

  /**
   * The key of this file, which is made if it is not there.
   *
   * @throws IllegalArgumentException when the file has none to sign with
   */
  static DemoKeys in(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    try {
      for (JWK each : JWKSet.parse(Files.readString(file)).getKeys()) {
        if (each instanceof ECKey ec && ec.isPrivate() && ec.getCurve().equals(Curve.P_256)) {
          return new DemoKeys(ec);
        }
      }
    } catch (ParseException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "%s has no private key of ES256 that was made here: ask who has it for a token."
            .formatted(file));
  }

  private static void make(Path file) throws IOException {
    try {
      ECKey made =
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyIDFromThumbprint(true)
              .generate();
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file, new JWKSet(made).toString(false), StandardOpenOption.TRUNCATE_EXISTING);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String sign(JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
