package courier.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/** Whether the other end of a connection takes nothing of what waits to be sent to it. */
final class Standstill {
  private final long longest;
  private Object unread; // what is next to be sent, and how much of it is
  private long unreadSent;
  private long since;

  /**
   * @param longest milliseconds
   */
  Standstill(long longest) {
    this.longest = TimeUnit.MILLISECONDS.toNanos(longest);
  }

  /** Asked again and again, it says when that has lasted too long. */
  boolean lasts(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    Object next = waiting == null ? null : waiting.current();
    long sent = next == null ? 0 : waiting.currentProgress();
    if (next == null || next != unread || sent != unreadSent) {
      unread = next;
      unreadSent = sent;
      since = System.nanoTime();
      return false;
    }
    return System.nanoTime() - since >= longest;
  }
}
