package courier.message.refused;

import courier.failure.PoisonException;
import org.apache.camel.Message;

/**
 * A record that is no message, or none that can be stored.
 *
 * @param record as it came from Kafka
 * @param reason what is wrong with it
 * @param step the id of the step that refused it
 */
public record RefusedRecord(Message record, PoisonException reason, String step) {
  /** The exchange variable with the list of those of a batch. */
  public static final String VARIABLE = "refused";
}
