package courier.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.util.NetUtil;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    // trusted, peer, what is said, client
    "'',                   9.9.9.9,  1.1.1.1,                    9.9.9.9",
    "'',                   127.0.0.1, 1.1.1.1,                   127.0.0.1",
    "10.0.0.1,             10.0.0.1, 1.1.1.1,                    1.1.1.1",
    "10.0.0.1,             10.0.0.2, 1.1.1.1,                    10.0.0.2",
    "10.0.0.0/8,           10.3.2.1, '6.6.6.6, 1.1.1.1',         1.1.1.1",
    "'10.0.0.0/8, 11.0.0.1', 10.3.2.1, '6.6.6.6,1.1.1.1,11.0.0.1', 1.1.1.1",
    "10.0.0.0/8,           10.3.2.1, '10.0.0.7, 10.0.0.8',       10.0.0.7",
    "10.0.0.0/8,           10.3.2.1, unknown,                    10.3.2.1",
    "10.0.0.0/8,           10.3.2.1, '1.1.1.1, localhost',       10.3.2.1",
    "fd00::/8,             fd00::1,  2001:db8::1,                2001:db8::1",
    "fd00::/8,             10.0.0.1, 2001:db8::1,                10.0.0.1",
  })
  void believesOnlyTrustedProxies(String trusted, String peer, String said, String client) {
    assertEquals(
        NetUtil.createInetAddressFromIpAddressString(client),
        new ClientAddress(trusted)
            .of(NetUtil.createInetAddressFromIpAddressString(peer), List.of(said)));
  }

  @Test
  void takesTheLinesOfTheHeaderInTheirOrder() {
    assertEquals(
        NetUtil.createInetAddressFromIpAddressString("1.1.1.1"),
        new ClientAddress("10.0.0.0/8")
            .of(
                NetUtil.createInetAddressFromIpAddressString("10.0.0.1"),
                List.of("6.6.6.6", "1.1.1.1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.1/99", "10.0.0.1/x", "10.0.0.0/"})
  void saysWhatIsNoAddress(String proxies) {
    assertThrows(IllegalArgumentException.class, () -> new ClientAddress(proxies));
  }
}
