package courier.kafka;

import org.apache.kafka.common.Uuid;

/** A consumer that knows which topics its records are of. */
public interface TopicReader {
  /** The id of a topic that it reads. */
  Uuid topicId(String topic);
}
