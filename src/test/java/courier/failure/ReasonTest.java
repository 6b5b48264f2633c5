package courier.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Properties;
import org.apache.camel.main.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          camel.component.kafka.nosuch | s3cret | camel.component.kafka.nosuch: Camel has no such \
          option: correct its name, or take it out
          camel.component.kafka.maxPollRecords | many | camel.component.kafka.maxPollRecords: For \
          input string: "many"
          camel.component.mongodb.mongoConnection | #bean:none | \
          camel.component.mongodb.mongoConnection: No bean could be found in the registry for: none
          camel.beans.mine | #class:no.such.One | There is no class no.such.One
          """)
  void anOptionThatCannotBeSetIsNamed(String key, String value, String reason) {
    Properties properties = new Properties();
    properties.setProperty(key, value);
    Main main = new Main();
    try {
      main.setPropertyPlaceholderLocations("false");
      main.setInitialProperties(properties);

      assertEquals(reason, Reason.of(assertThrows(Exception.class, main::init)));
    } finally {
      main.stop();
    }
  }
}
