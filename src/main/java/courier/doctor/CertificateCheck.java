package courier.doctor;

import courier.doctor.Finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** How long the certificates last that Courier shows. */
record CertificateCheck(Patient patient) implements Check {
  private static final Duration SOON = Duration.ofDays(21);

  @Override
  public void look(Findings findings) throws IOException, GeneralSecurityException {
    String file =
        patient.settings().isBlank("tls.certificate")
            ? "none"
            : patient.settings().get("tls.certificate");
    if (!file.equals("none")) {
      look("tls.certificate", Path.of(file), password("tls.password"), findings);
    }
    var kafka = patient.kafkaSettings().clients();
    if (kafka.get("ssl.keystore.location").isPresent()) {
      look(
          "kafka.client.ssl.keystore.location",
          Path.of(kafka.get("ssl.keystore.location").get()),
          kafka.get("ssl.keystore.password").orElse(""),
          findings);
    }
  }

  private String password(String key) {
    return patient.settings().isBlank(key) ? "" : patient.settings().get(key);
  }

  private void look(String key, Path file, String password, Findings findings)
      throws IOException, GeneralSecurityException {
    Instant now = patient.clock().instant();
    for (X509Certificate certificate : certificates(file, password)) {
      Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
      if (left.compareTo(SOON) < 0) {
        findings.add(
            Severity.BREAKS,
            "certificate-ends",
            "%s: the certificate of %s %s"
                .formatted(
                    key,
                    certificate.getSubjectX500Principal().getName(),
                    left.isNegative() ? "has expired" : "lasts %d days".formatted(left.toDays())),
            "Nobody takes it after %s.".formatted(certificate.getNotAfter().toInstant()),
            "certbot renew, or put a new one at " + file);
      }
    }
  }

  /** Of PEM, or of a key store. */
  private static List<X509Certificate> certificates(Path file, String password)
      throws IOException, GeneralSecurityException {
    List<Certificate> all = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> pem =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      all.addAll(pem);
    } catch (CertificateException e) {
      KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        all.add(store.getCertificate(alias));
      }
    }
    return all.stream()
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .toList();
  }
}
