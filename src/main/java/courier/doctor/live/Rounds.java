package courier.doctor.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.doctor.Doctor;
import courier.doctor.Finding;
import courier.doctor.Findings;
import courier.http.body.JsonBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Message;

/**
 * What the doctor says of a service while it runs. Who asks gets what was found last, and has it
 * look again, once a minute at most.
 */
public final class Rounds {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  /** What was found, and when. */
  record Round(Instant at, List<Finding> findings) {}

  private final Doctor doctor;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Round last;
  private volatile long looked;

  public Rounds(Doctor doctor) {
    this.doctor = doctor;
  }

  /** The last round; none before the first is over. */
  Optional<Round> last() {
    boolean isOld = last == null || System.nanoTime() - looked > FRESH.toNanos();
    if (isOld && looking.compareAndSet(false, true)) {
      Thread thread = new Thread(this::look, "doctor");
      thread.setDaemon(true);
      thread.start();
    }
    return Optional.ofNullable(last);
  }

  /**
   * Answers with {@code {"looking","looked","findings":[{"severity","id","what","why","mend"}]}}:
   * {@code looked} is when, and is not there before the first look is over.
   */
  public void list(Message answer) {
    Optional<Round> round = last();
    ObjectNode said = JSON.createObjectNode().put("looking", looking.get());
    round.ifPresent(it -> said.put("looked", it.at().truncatedTo(ChronoUnit.MILLIS).toString()));
    said.set("findings", JSON.valueToTree(round.map(Round::findings).orElse(List.of())));
    JsonBody.write(answer, said.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void look() {
    try {
      Findings findings = new Findings();
      doctor.look(findings);
      last = new Round(Instant.now(), findings.all());
      looked = System.nanoTime();
    } finally {
      looking.set(false);
    }
  }
}
