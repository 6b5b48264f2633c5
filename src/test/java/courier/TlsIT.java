package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.http.tls.SelfSigned;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Courier whose servers show a certificate, as its files say. */
class TlsIT {
  private final SelfSigned certificate = SelfSigned.named("ec");
  private final SelfSigned next = SelfSigned.rsa();

  @TempDir private Path folder;
  private CourierProcess courier;
  private HttpClient client;

  @BeforeEach
  void configure() throws Exception {
    courier = new CourierProcess(folder);
    certificate.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    courier.with("TLS_CERTIFICATE", "tls.crt").with("TLS_KEY", "tls.key");
    client =
        HttpClient.newBuilder()
            .version(Version.HTTP_2)
            .sslContext(SelfSigned.trusting(certificate, next))
            .build();
  }

  @AfterEach
  void close() {
    courier.close();
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String part, String path) {
    return HttpRequest.newBuilder(
        URI.create("https://localhost:" + courier.variable("CLIENT_" + part + "_PORT") + path));
  }

  private Socket socket(List<String> received) throws Exception {
    OkHttpClient trusting =
        new OkHttpClient.Builder()
            .sslSocketFactory(
                SelfSigned.trusting(certificate).getSocketFactory(), SelfSigned.trust(certificate))
            .build();
    IO.Options options = new IO.Options();
    options.transports = new String[] {"websocket"};
    options.callFactory = trusting;
    options.webSocketFactory = trusting;
    options.forceNew = true;
    Socket socket = IO.socket(request("B_HTTP", "").build().uri(), options);
    socket.on(
        "newMessage", arguments -> received.add(((JSONObject) arguments[0]).optString("message")));
    socket.connect();
    await().until(socket::connected);
    return socket;
  }

  private void send(String text) throws Exception {
    String json = "{\"from\": \"a\", \"to\": \"clientB\", \"message\": \"%s\"}".formatted(text);
    HttpResponse<String> answer =
        exchange(
            request("A_HTTP", "/send-message")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    assertEquals(202, answer.statusCode());
    assertEquals(Version.HTTP_2, answer.version());
  }

  @Test
  void sendsByHttpsPushesByWssAndTakesTheNextCertificate() throws Exception {
    courier.start();
    assertTrue(
        CourierProcess.read(folder.resolve("courier-0.log"))
            .contains("https://localhost:" + courier.variable("CLIENT_B_HTTP_PORT")));
    List<String> received = new CopyOnWriteArrayList<>();
    Socket socket = socket(received);
    send("first");
    await().untilAsserted(() -> assertEquals(List.of("first"), received));

    Files.writeString(folder.resolve("tls.crt"), next.certificatePem());
    await().untilAsserted(() -> assertTrue(health().contains("do not belong together")));
    assertEquals(200, exchange(request("B_MANAGEMENT", "/observe/health/ready")).statusCode());
    Files.writeString(folder.resolve("tls.key"), next.keyPem());
    await().untilAsserted(() -> assertFalse(health().contains("courier:certificate")));

    send("second");
    await().untilAsserted(() -> assertEquals(List.of("first", "second"), received));
    assertTrue(socket.connected());
    socket.close();
  }

  private String health() throws Exception {
    return exchange(request("B_MANAGEMENT", "/observe/health")).body();
  }

  @Test
  void aKeyOfAnotherEndsTheStart() throws Exception {
    Files.writeString(folder.resolve("tls.key"), next.keyPem());
    Path log = folder.resolve("refused.log");

    Process process = courier.launch(log, "client-a");

    assertTrue(process.waitFor(50, TimeUnit.SECONDS), () -> CourierProcess.read(log));
    assertTrue(
        CourierProcess.read(log).contains("courier: tls.certificate (tls.crt) and its key do not"),
        () -> CourierProcess.read(log));
  }
}
