package courier.socketio.guard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class WaitingBytesTest {
  private final WaitingBytes waiting = new WaitingBytes(100);

  @Test
  void oneAddressHasHalfOfTheRoom() throws Exception {
    InetAddress one = InetAddress.getByName("10.0.0.1");
    InetAddress other = InetAddress.getByName("10.0.0.2");
    InetAddress third = InetAddress.getByName("10.0.0.3");

    assertTrue(waiting.takes(one, 50));
    assertFalse(waiting.takes(one, 1));
    assertTrue(waiting.takes(other, 40));
    assertFalse(waiting.takes(third, 11));
    assertTrue(waiting.takes(third, 10));

    waiting.leaves(one, 50);
    assertTrue(waiting.takes(one, 50));
  }
}
