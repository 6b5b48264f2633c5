package courier.reload.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedNamesTest {
  private static final Path YAML = Path.of("beans.camel.yaml");
  private static final String FILE =
      """
      - beans:
          - name: outage
            type: courier.failure.FailureIs
          - name: other-one
            type: java.lang.Object
      - route:
          id: none
      """;

  @Test
  void areThoseThatAFileDeclares() {
    assertEquals(Set.of("outage", "other-one"), SharedNames.of(YAML, FILE).beans());
    assertEquals(Set.of(), SharedNames.of(Path.of("Beans.java"), "class Beans {}").beans());
  }

  @ParameterizedTest
  @CsvSource({
    "ref: outage, true",
    "onWhen: {ref: {expression: outage}}, true",
    "expression: \"outage\", true",
    "'0: \"#bean:other-one\"', true",
    "ref: outages, false",
    "ref: outage-of-mine, false",
    "description: outage, false"
  })
  void areUsedByWhoNamesThem(String text, boolean used) {
    assertEquals(used, SharedNames.of(YAML, FILE).areBeansOf(text));
  }
}
