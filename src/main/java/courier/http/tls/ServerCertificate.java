package courier.http.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A private key, and the certificates that say whose it is.
 *
 * @param chain the server's own first, then who has signed it
 */
record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
  private static final byte[] ANYTHING = {1, 2, 3};

  X509Certificate own() {
    return chain.get(0);
  }

  Instant expiry() {
    return own().getNotAfter().toInstant();
  }

  boolean hasExpired() {
    return !Instant.now().isBefore(expiry());
  }

  /**
   * @param where the certificate is from
   * @throws CertificateProblem if clients would not take it
   */
  ServerCertificate check(String where) throws CertificateProblem {
    if (!isOfKey()) {
      throw mismatch(where);
    }
    if (hasExpired()) {
      throw new CertificateProblem(
          where + " expired on " + expiry() + ": have a new one issued, and put it there.");
    }
    Instant begins = own().getNotBefore().toInstant();
    if (Instant.now().isBefore(begins)) {
      throw new CertificateProblem(
          where + " is not valid before " + begins + ": look whether the clock is right.");
    }
    return this;
  }

  static CertificateProblem mismatch(String where) {
    return new CertificateProblem(
        where
            + " and its key do not belong together: give the key it was issued for,"
            + " and put the server's own certificate before those that have signed it.");
  }

  private boolean isOfKey() {
    if (!key.getAlgorithm().equals(own().getPublicKey().getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm());
      signature.initSign(key);
      signature.update(ANYTHING);
      byte[] signed = signature.sign();
      signature.initVerify(own().getPublicKey());
      signature.update(ANYTHING);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // as it is with points that are on different curves
    }
  }

  private String algorithm() {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
