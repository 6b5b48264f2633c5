package courier.socketio.guard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final SocketioLimits limits = new SocketioLimits();
  private Admission admission;

  @BeforeEach
  void start() {
    limits.setMaxConnectionsPerAddress(2);
    limits.setMaxHandshakesPerSecond(3);
    admission = new Admission(limits);
  }

  @Test
  void refusesTooManyHandshakesForAMoment() throws Exception {
    InetAddress address = InetAddress.getByName("192.0.2.1");
    for (int i = 0; i < 3; i++) {
      assertTrue(admission.admits(address));
    }
    assertFalse(admission.admits(address));
    assertEquals(1, admission.refused());
    assertTrue(admission.admits(InetAddress.getByName("192.0.2.2")));
    await().until(() -> admission.admits(address));
  }

  @Test
  void refusesTooManySessionsUntilOneLeaves() throws Exception {
    InetAddress address = InetAddress.getByName("192.0.2.1");
    admission.entered(address);
    admission.entered(address);
    assertFalse(admission.admits(address));
    admission.left(address);
    assertTrue(admission.admits(address));
  }

  @Test
  void hasRoomForNoMoreSessionsThanThat() throws Exception {
    InetAddress address = InetAddress.getByName("192.0.2.1");
    assertTrue(admission.hasRoom(address));
    admission.entered(address);
    admission.entered(address);
    assertFalse(admission.hasRoom(address));
  }

  @Test
  void takesAnIpv6NetworkForOneAddress() throws Exception {
    admission.entered(InetAddress.getByName("2001:db8:0:1::1"));
    admission.entered(InetAddress.getByName("2001:db8:0:1:ffff::2"));
    assertFalse(admission.admits(InetAddress.getByName("2001:db8:0:1::3")));
    assertTrue(admission.admits(InetAddress.getByName("2001:db8:0:2::1")));
  }

  @Test
  void forgetsAddressesThatAreGone() throws Exception {
    InetAddress there = InetAddress.getByName("192.0.2.1");
    InetAddress gone = InetAddress.getByName("192.0.2.2");
    admission.admits(there);
    admission.entered(there);
    admission.admits(gone);
    admission.entered(gone);
    admission.left(gone);
    await()
        .until(
            () -> {
              admission.tidy();
              return admission.visitors() == 1;
            });
  }
}
