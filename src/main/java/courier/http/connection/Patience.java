package courier.http.connection;

import courier.http.HttpLimits;
import courier.http.Wire;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client keeps the server waiting: for a request, for the rest of one, or
 * for the client to read. While an answer is being made there is nothing to wait for, so a long
 * poll may take its time.
 */
final class Patience extends ChannelDuplexHandler {
  private final HttpLimits limits;
  private final Standstill standstill;
  private final Runnable left;
  private ScheduledFuture<?> looking;
  private boolean reading; // a request whose head came
  private boolean answering;
  private long deadline;

  /**
   * @param left is run when this is no connection of HTTP any more
   */
  Patience(HttpLimits limits, Runnable left) {
    this.limits = limits;
    this.left = left;
    standstill = new Standstill(limits.writeTimeout());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline = in(limits.requestTimeout());
    long pause = limits.pauseBetweenLooks();
    looking =
        context
            .executor()
            .scheduleWithFixedDelay(() -> look(context), pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    looking.cancel(false);
    left.run();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      reading = true;
      answering = true;
      deadline = in(limits.requestTimeout());
      Wire.expectShortBody(context.channel());
    } else if (Wire.expectsLongBody(context.channel())) {
      deadline = in(limits.requestTimeout());
    }
    if (message instanceof LastHttpContent) {
      reading = false;
      expectNext();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (isEndOfAnswer(message)) {
      answering = false;
      expectNext();
    }
    context.write(message, promise);
  }

  /** Not a 100, which only asks for the rest of the request. */
  static boolean isEndOfAnswer(Object message) {
    return message instanceof LastHttpContent
        && !(message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
  }

  private void expectNext() {
    if (!reading && !answering) {
      deadline = in(limits.idleTimeout());
    }
  }

  private void look(ChannelHandlerContext context) {
    boolean late = (reading || !answering) && System.nanoTime() - deadline >= 0;
    if (late || standstill.lasts(context.channel())) {
      context.close(); // from here, as Vert.x would first send what is waiting
    }
  }

  private static long in(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
