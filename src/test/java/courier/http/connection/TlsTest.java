package courier.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.Warnings;
import courier.http.tls.SelfSigned;
import courier.http.tls.Tls;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server with a certificate, and who speaks TLS to it well, badly and not at all. */
class TlsTest {
  private static final int SHORT = 400;
  private static final int LONG = 60_000;
  private static final int PATIENCE = 20_000;
  private static final HttpLimits PATIENT = new HttpLimits(LONG, LONG, LONG, 10, 10);
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final SelfSigned first = SelfSigned.named("ec");
  private final SelfSigned second = SelfSigned.rsa();

  @RegisterExtension private final WatchedServer server = new WatchedServer();
  @TempDir private Path folder;
  private Tls tls;

  @BeforeEach
  void secure() throws Exception {
    write(first);
    tls = Tls.of(folder.resolve("tls.crt"), folder.resolve("tls.key"), "");
    server.secure(tls);
  }

  @AfterEach
  void stop() {
    tls.stop();
  }

  private void write(SelfSigned certificate) throws Exception {
    certificate.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
  }

  private static void answer(HttpServerRequest request) {
    request.response().end("ok");
  }

  private SSLSocket connect() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            SelfSigned.trusting(first, second)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private Socket connectPlainly() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static String ask(Socket socket) throws IOException {
    socket.getOutputStream().write(HEAD.getBytes(US_ASCII));
    byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200 OK".length());
    socket.getInputStream().skipNBytes("\r\ncontent-length: 2\r\n\r\nok".length());
    return new String(start, US_ASCII);
  }

  private static X509Certificate shownTo(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  private X509Certificate shown() throws Exception {
    try (SSLSocket socket = connect()) {
      return shownTo(socket);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, HTTP_2, HTTP_2", "true, HTTP_1_1, HTTP_1_1", "false, HTTP_2, HTTP_1_1"})
  void agreesOnWhatIsSpoken(boolean http2, Version asked, Version spoken) throws Exception {
    server.serve(PATIENT, new ClientAddress(""), http2, TlsTest::answer);
    HttpClient client =
        HttpClient.newBuilder().version(asked).sslContext(SelfSigned.trusting(first)).build();
    URI uri = URI.create("https://localhost:" + server.port());

    var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

    assertEquals(spoken, answer.version());
    assertEquals("ok", answer.body());
  }

  @Test
  void showsANewCertificateAndCutsNobody() throws Exception {
    server.serve(PATIENT, TlsTest::answer);
    tls.start();
    try (SSLSocket before = connect()) {
      assertEquals("HTTP/1.1 200 OK", ask(before));
      assertEquals(first.certificate(), shownTo(before));

      write(second);

      await().untilAsserted(() -> assertEquals(second.certificate(), shown()));
      assertEquals("HTTP/1.1 200 OK", ask(before));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void speaksTheVersionsThatAreSafe(String version) throws Exception {
    server.serve(PATIENT, TlsTest::answer);
    try (SSLSocket client = connect()) {
      client.setEnabledProtocols(new String[] {version});
      assertEquals("HTTP/1.1 200 OK", ask(client));
      assertEquals(version, client.getSession().getProtocol());
    }
  }

  @Test
  void speaksNoOlderVersion() throws Exception {
    server.serve(PATIENT, TlsTest::answer);
    try (Socket client = connectPlainly()) {
      // A ClientHello of TLS 1.1, with one cipher that was usual then.
      client.getOutputStream().write(new byte[] {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2});
      client.getOutputStream().write(new byte[32]);
      client.getOutputStream().write(new byte[] {0, 0, 2, 0, 47, 1, 0});
      byte[] alert = client.getInputStream().readNBytes(7);
      assertEquals(21, alert[0]);
      assertEquals(70, alert[6]); // protocol_version, RFC 5246, 7.2
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\26", "\26\3\1\0\100", "\26\3\1\1\0\1\0\0\374\3\3"})
  void closesWhoDoesNotEndTheHandshake(String sent) throws Exception {
    server.serve(new HttpLimits(LONG, SHORT, LONG, 10, 10), TlsTest::answer);
    try (Socket client = connectPlainly()) {
      client.getOutputStream().write(sent.getBytes(US_ASCII));
      readToTheEnd(client);
    }
  }

  @Test
  void closesWhoAsksNothingAfterTheHandshake() throws Exception {
    server.serve(new HttpLimits(LONG, SHORT, LONG, 10, 10), TlsTest::answer);
    try (SSLSocket client = connect()) {
      client.startHandshake();
      readToTheEnd(client);
    }
  }

  @Test
  void tellsWhoDoesNotSpeakIt() throws Exception {
    server.serve(PATIENT, TlsTest::answer);
    try (Socket client = connectPlainly()) {
      client.getOutputStream().write(HEAD.getBytes(US_ASCII));
      String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
      assertTrue(answer.endsWith("\"detail\":\"This port speaks TLS alone: ask for https://.\"}"));
    }
  }

  @Test
  void nothingOfThatLeavesALineInTheLog() throws Exception {
    server.serve(PATIENT, TlsTest::answer);
    Warnings warnings = new Warnings();
    warnings.listen();
    for (String sent : List.of("GET", "\26\3\1\0\1\1", "\26\3\1\0\1", "nonsense")) {
      try (Socket client = connectPlainly()) {
        client.getOutputStream().write(sent.getBytes(US_ASCII));
        client.shutdownOutput();
        readToTheEnd(client);
      }
    }
    try (Socket client = connectPlainly();
        SSLSocket secured =
            (SSLSocket)
                SelfSigned.trusting(first)
                    .getSocketFactory()
                    .createSocket(client, "localhost", server.port(), false)) {
      assertEquals("HTTP/1.1 200 OK", ask(secured));
      client.getOutputStream().write("nonsense".getBytes(US_ASCII));
      readToTheEnd(client);
    }
    try (SSLSocket client =
        (SSLSocket)
            SelfSigned.trusting(second)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.port())) {
      assertThrows(SSLHandshakeException.class, client::startHandshake);
    }
    assertEquals(first.certificate(), shown());
    assertEquals(List.of(), warnings.hush());
  }

  private static void readToTheEnd(Socket client) throws IOException {
    try {
      client.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // a reset is an end as well
    }
  }
}
