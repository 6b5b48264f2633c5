package courier.http.connection;

/** The same, behind a handshake. */
class Http2TimeoutsOverTlsTest extends Http2TimeoutsTest {
  @Override
  boolean isOverTls() {
    return true;
  }
}
