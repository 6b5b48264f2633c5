package courier.http.tls;

/** Why a certificate cannot be shown, in one line that says what to do, and nothing secret. */
public final class CertificateProblem extends Exception {
  private static final long serialVersionUID = 1L;

  CertificateProblem(String message) {
    super(message);
  }
}
