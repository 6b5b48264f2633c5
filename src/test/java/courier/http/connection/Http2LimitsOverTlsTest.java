package courier.http.connection;

/** The same, behind a handshake. */
class Http2LimitsOverTlsTest extends Http2LimitsTest {
  @Override
  boolean isOverTls() {
    return true;
  }
}
