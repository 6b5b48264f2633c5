package courier.http.connection;

/** The same, behind a handshake. */
class Http2FramesOverTlsTest extends Http2FramesTest {
  @Override
  boolean isOverTls() {
    return true;
  }
}
