package courier.http.tls;

import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;

/** Where a certificate and its key are: two files of PEM, or one of it, or one of PKCS#12. */
final class CertificateFiles {
  private static final String PEM = "-----BEGIN ";

  private final Path certificate;
  private final Path key;
  private final String password;

  /** What the files hold. */
  record Content(Buffer certificate, Buffer key) {}

  /**
   * @param key null when it is in the same file
   * @param password of PKCS#12, else nothing
   */
  CertificateFiles(Path certificate, Path key, String password) {
    this.certificate = certificate;
    this.key = key;
    this.password = password;
  }

  @Override
  public String toString() {
    return "tls.certificate (" + certificate + ")";
  }

  Content read() throws CertificateProblem {
    Buffer shown = read("tls.certificate", certificate);
    return new Content(shown, key == null ? shown : read("tls.key", key));
  }

  private static Buffer read(String property, Path file) throws CertificateProblem {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new CertificateProblem(
          property + " is " + file + ", and there is no such file: put it there, or correct it.");
    } catch (AccessDeniedException e) {
      throw new CertificateProblem(
          property + " is " + file + ", which Courier's user may not read: let it.");
    } catch (IOException e) {
      throw new CertificateProblem(
          property + " is " + file + ", which is no file that can be read.");
    }
  }

  /**
   * @throws CertificateProblem if it is none that clients would take
   */
  ServerCertificate load(Content content) throws CertificateProblem {
    boolean pem = content.certificate().toString().contains(PEM);
    if (!pem && key != null) {
      throw new CertificateProblem(
          this + " is no PEM: write lines of -----BEGIN CERTIFICATE-----, or leave out tls.key.");
    }
    return (pem ? ofPem(content) : ofPkcs12(content)).check(toString());
  }

  private ServerCertificate ofPem(Content content) throws CertificateProblem {
    String text = content.key().toString();
    if (text.contains("ENCRYPTED")) {
      throw new CertificateProblem(
          "The key of "
              + this
              + " is encrypted: write it without a password (openssl pkey -in old.pem -out new.pem),"
              + " or give PKCS#12 and tls.password.");
    }
    if (!text.contains("PRIVATE KEY-----")) {
      throw new CertificateProblem(
          (key == null ? this + " has no private key: set tls.key" : "tls.key has no private key")
              + " to the PEM file that has -----BEGIN PRIVATE KEY-----.");
    }
    try {
      PemKeyCertOptions both = new PemKeyCertOptions();
      both.addCertValue(content.certificate()).addKeyValue(content.key());
      X509KeyManager keys = (X509KeyManager) both.getKeyManagerFactory(null).getKeyManagers()[0];
      String alias =
          Stream.of("RSA", "EC")
              .map(type -> keys.getServerAliases(type, null))
              .flatMap(names -> names == null ? Stream.empty() : Arrays.stream(names))
              .findFirst()
              .orElseThrow(() -> new VertxException("another kind of key"));
      return new ServerCertificate(
          keys.getPrivateKey(alias), List.of(keys.getCertificateChain(alias)));
    } catch (Exception e) {
      if (String.valueOf(e.getMessage()).contains("does not match")) {
        throw ServerCertificate.mismatch(toString());
      }
      throw new CertificateProblem(
          this
              + " or its key is not whole, or of another kind than RSA and EC: give both in PEM,"
              + " the server's own certificate first, then each that has signed the one before.");
    }
  }

  private ServerCertificate ofPkcs12(Content content) throws CertificateProblem {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(content.certificate().getBytes()), characters());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias) && store.getCertificateChain(alias) != null) {
          return new ServerCertificate(
              (PrivateKey) store.getKey(alias, characters()),
              Stream.of(store.getCertificateChain(alias))
                  .map(X509Certificate.class::cast)
                  .toList());
        }
      }
      throw new CertificateProblem(
          this + " has no private key with a certificate: export both into it.");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      boolean locked = e.getCause() instanceof UnrecoverableKeyException;
      throw new CertificateProblem(
          locked || e instanceof UnrecoverableKeyException
              ? "tls.password does not open " + this + ": correct it."
              : this + " is neither PEM nor PKCS#12, or not whole: give one of them.");
    }
  }

  private char[] characters() {
    return password.toCharArray();
  }
}
