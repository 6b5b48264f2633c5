package courier.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.doctor.Finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The known holes of what is shipped, as the vulnerability exchange in the jar says (OpenVEX). */
record VexCheck(Source source) implements Check {
  private static final Set<String> NO_HOLE = Set.of("not_affected", "fixed");

  /** Null when there is none. */
  interface Source {
    InputStream open();
  }

  VexCheck() {
    this(() -> VexCheck.class.getResourceAsStream("/META-INF/vex/courier.openvex.json"));
  }

  @Override
  public void look(Findings findings) throws IOException {
    try (InputStream in = source.open()) {
      if (in == null) {
        findings.unseen(
            "vex-missing",
            "The jar says nothing of the known holes of its parts",
            "It was not built as it is shipped.",
            "mvn -q -DskipTests package");
        return;
      }
      JsonNode statements = JsonMapper.builder().build().readTree(in).path("statements");
      for (JsonNode statement : statements) {
        if (!NO_HOLE.contains(statement.path("status").asText())) {
          String part = statement.at("/products/0/subcomponents/0/@id").asText("a part");
          findings.add(
              Severity.PRODUCTION,
              "hole",
              "%s in %s: %s"
                  .formatted(
                      statement.at("/vulnerability/name").asText(),
                      part,
                      statement.path("status").asText().replace('_', ' ')),
              statement.path("impact_statement").asText("It is known, and not shut."),
              statement
                  .path("action_statement")
                  .asText(statement.at("/vulnerability/@id").asText()));
        }
      }
    }
  }
}
