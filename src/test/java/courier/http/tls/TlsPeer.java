package courier.http.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;

/** Opens connections to a server that shows this certificate, and makes it show it. */
public final class TlsPeer {
  private final SelfSigned certificate = SelfSigned.named("ec");
  private final SSLSocketFactory factory = SelfSigned.trusting(certificate).getSocketFactory();
  public final Tls tls;

  public TlsPeer() throws Exception {
    tls = Tls.of(certificate.p12, null, SelfSigned.PASSWORD);
  }

  /** For a client of OkHttp, which the Socket.IO client is. */
  public OkHttpClient client() throws Exception {
    return new OkHttpClient.Builder()
        .sslSocketFactory(factory, SelfSigned.trust(certificate))
        .build();
  }

  /** For a client of Vert.x. */
  public PemTrustOptions trust() throws Exception {
    return new PemTrustOptions().addCertValue(Buffer.buffer(certificate.certificatePem()));
  }

  /**
   * @param protocols that the client would speak, the one it likes best first
   */
  public SSLSocket open(int port, String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket("127.0.0.1", port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }
}
