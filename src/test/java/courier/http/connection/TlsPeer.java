package courier.http.connection;

import courier.http.tls.SelfSigned;
import courier.http.tls.Tls;
import java.io.IOException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections to a server that shows this certificate, and makes it show it. */
final class TlsPeer {
  private final SelfSigned certificate = SelfSigned.named("ec");
  private final SSLSocketFactory factory = SelfSigned.trusting(certificate).getSocketFactory();
  final Tls tls;

  TlsPeer() throws Exception {
    tls = Tls.of(certificate.p12, null, SelfSigned.PASSWORD);
  }

  /**
   * @param protocols that the client would speak, the one it likes best first
   */
  SSLSocket open(int port, String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket("127.0.0.1", port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }
}
