package courier.socketio.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class PacketQuotaTest {
  private static final int MIB = 1024 * 1024;

  private final SocketioLimits limits = new SocketioLimits();
  private final Admission admission = new Admission(limits);

  @Test
  void bytesOfEventsAndOfTheirAnswersCountAsEvents() throws Exception {
    limits.setMaxEventsPerSecond(100);
    PacketQuota quota = quota("10.0.0.1");

    quota.answers(MIB);
    assertEquals(0, quota.eventDebt());
    quota.answers(MIB);
    assertTrue(quota.eventDebt() > 0);

    PacketQuota other = quota("10.0.0.1");
    other.takesEvent(1, 2 * MIB);
    assertTrue(other.eventDebt() > 0);
  }

  @Test
  void computingCountsAsFurtherEvents() throws Exception {
    limits.setMaxEventsPerSecond(100);
    PacketQuota quota = quota("10.0.0.1");

    for (int i = 0; i < 1_000; i++) {
      quota.computes(250_000); // what an event has paid for already
    }
    assertEquals(0, quota.eventDebt());
    quota.computes(30_000_000);
    assertTrue(quota.eventDebt() > 0);
  }

  @Test
  void clientsOfOneAddressSpendTogether() throws Exception {
    limits.setMaxEventsPerSecondPerAddress(150);
    PacketQuota one = quota("10.0.0.1");
    PacketQuota neighbour = quota("10.0.0.1");
    PacketQuota other = quota("10.0.0.2");

    for (int i = 0; i < 90; i++) {
      one.takesEvent(1, 10);
      neighbour.takesEvent(1, 10);
    }

    assertTrue(one.eventDebt() > 0);
    assertTrue(neighbour.eventDebt() > 0);
    assertEquals(0, other.eventDebt());
  }

  private PacketQuota quota(String address) throws Exception {
    return new PacketQuota(limits, admission, InetAddress.getByName(address));
  }
}
