package courier.failure;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

/**
 * What a person has to do when TLS does not come about with a server.
 *
 * @param server its name
 * @param address the property that says where it is
 * @param trust the property that names who may have signed its certificate
 * @param own the property that names Courier's certificate
 */
record TlsAdvice(String server, String address, String trust, String own) {
  /** If it is a certificate that somebody does not take. */
  Optional<String> certificate(Throwable failure) {
    if (Causes.have(failure, CertificateExpiredException.class)) {
      return Optional.of(server + "'s certificate has expired, it needs a new one");
    }
    if (Causes.have(failure, CertificateNotYetValidException.class)) {
      return Optional.of(server + "'s certificate is not valid yet, correct it or the clock here");
    }
    if (Causes.have(failure, CertPathBuilderException.class)) {
      return Optional.of(server + "'s certificate is not trusted, name who signed it in " + trust);
    }
    if (Causes.have(failure, CertificateException.class)) {
      return Optional.of(server + "'s certificate is not one for this name, correct " + address);
    }
    if (Causes.of(failure).anyMatch(each -> String.valueOf(each.getMessage()).contains("alert"))) {
      return Optional.of(server + " does not take the certificate of Courier, correct " + own);
    }
    return Optional.empty();
  }
}
