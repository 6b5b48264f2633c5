package courier.http.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "null | false",
        "'' | false",
        "gzip | true",
        "GZip | true",
        "x-gzip | true",
        "deflate, gzip;q=1.0, *;q=0.5 | true",
        "br | false",
        "* | true",
        "*;q=0 | false",
        "gzip;q=0 | false",
        "gzip; q=0.000, * | false",
        "br, *;q=0.1 | true",
        "identity, gzip ; q=0.001 | true",
        ";;,,; | false"
      })
  void takesGzip(String header, boolean takes) {
    assertEquals(takes, AcceptEncoding.takesGzip(header));
  }
}
