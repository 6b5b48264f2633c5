package courier.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class FirstRequestTimeoutTest {
  private static final int PATIENCE_MS = 2_000;

  @Test
  void closesWhoSendsNoRequestOrHalfOfOneButNobodyElse() throws Exception {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> {}) // it never answers
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    try (Socket silent = new Socket("localhost", server.actualPort());
        Socket half = new Socket("localhost", server.actualPort());
        Socket whole = new Socket("localhost", server.actualPort())) {
      half.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes());
      whole.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      for (Socket closed : new Socket[] {silent, half}) {
        closed.setSoTimeout(2 * FirstRequestTimeout.SECONDS * 1000);
        assertEquals(-1, closed.getInputStream().read());
      }
      whole.setSoTimeout(PATIENCE_MS);
      assertThrows(SocketTimeoutException.class, () -> whole.getInputStream().read());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
