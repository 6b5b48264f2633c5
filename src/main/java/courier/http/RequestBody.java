package courier.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Message;

/**
 * The body of a request of any length, for a route with {@code useBodyHandler=false}: no more of it
 * is read than is taken, so that a client sends no faster. It has to come on within the time that a
 * whole request has otherwise.
 */
public final class RequestBody extends InputStream {
  private static final Object END = new Object();
  private static final String GONE = "the client went away";
  private static final int LOOK_SECONDS = 1;

  private final HttpServerRequest request;
  private final Context context;
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private Buffer piece = Buffer.buffer();
  private int position;
  private boolean ended;

  private RequestBody(HttpServerRequest request) {
    this.request = request;
    context = Vertx.currentContext();
    Wire.expectLongBody(request.connection());
    context.runOnContext(
        begun -> {
          if (request.isEnded()) {
            arrived.add(END);
            return;
          }
          Wire.goOn(request);
          request.exceptionHandler(arrived::add);
          request.endHandler(end -> arrived.add(END));
          request.handler(arrived::add);
        });
  }

  /** Of a request that nobody has read yet; for a thread that may wait. */
  public static RequestBody of(Message message) {
    return new RequestBody(message.getBody(HttpServerRequest.class));
  }

  @Override
  public int read() throws IOException {
    return hasNext() ? Byte.toUnsignedInt(piece.getByte(position++)) : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasNext()) {
      return -1;
    }
    int taken = Math.min(length, piece.length() - position);
    piece.getBytes(position, position + taken, target, offset);
    position += taken;
    return taken;
  }

  private boolean hasNext() throws IOException {
    while (!ended && position == piece.length()) {
      context.runOnContext(go -> request.fetch(1));
      Object next = await();
      if (next instanceof Throwable failure) {
        ended = true;
        throw new IOException(GONE, failure);
      } else if (next instanceof Buffer buffer) {
        piece = buffer;
        position = 0;
      } else {
        ended = true;
      }
    }
    return !ended;
  }

  private Object await() throws IOException {
    try {
      Object next = arrived.poll(LOOK_SECONDS, TimeUnit.SECONDS);
      // A client that does not go on is cut off; it may have been before anybody listened for that.
      while (next == null) {
        if (request.response().closed() || !Wire.of(request.connection()).isActive()) {
          throw new IOException(GONE);
        }
        next = arrived.poll(LOOK_SECONDS, TimeUnit.SECONDS);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("this is stopping", e);
    }
  }

  /** Lets what was not taken pass, or the answer would not. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      context.runOnContext(
          go -> {
            request.handler(rest -> {});
            request.resume();
          });
    }
  }
}
