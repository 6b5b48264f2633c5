package courier.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Collects which of the rights that somebody needs Kafka's ACLs do not give. */
public final class Rights {
  private final Kafka kafka;
  private final List<String> missing = new ArrayList<>();

  public Rights(Kafka kafka) {
    this.kafka = kafka;
  }

  /** Each as its operation and on what, such as {@code READ on the topic client-messages}. */
  public List<String> missing() {
    return missing;
  }

  public void read(Collection<String> topics) throws ExecutionException, InterruptedException {
    for (String topic : topics) {
      topic(AclOperation.READ, topic);
    }
  }

  public void write(Collection<String> topics) throws ExecutionException, InterruptedException {
    for (String topic : topics) {
      topic(AclOperation.WRITE, topic);
    }
  }

  private void topic(AclOperation operation, String topic)
      throws ExecutionException, InterruptedException {
    try {
      note(operation, "topic " + topic, kafka.describe(topic).authorizedOperations());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException) {
        note(operation, "topic " + topic, Set.of(AclOperation.UNKNOWN));
      } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
  }

  /** Of a group that there is not yet it is known only whether it may be looked at. */
  public void join(Collection<String> groups) throws ExecutionException, InterruptedException {
    for (String group : groups) {
      try {
        note(AclOperation.READ, "group " + group, kafka.group(group).authorizedOperations());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof GroupAuthorizationException) {
          note(AclOperation.READ, "group " + group, Set.of(AclOperation.UNKNOWN));
        } else if (!(e.getCause() instanceof GroupIdNotFoundException)) {
          throw e;
        }
      }
    }
  }

  /** A broker that does not tell what it allows is taken to allow it. */
  private void note(AclOperation operation, String what, Set<AclOperation> allowed) {
    if (allowed != null
        && !allowed.isEmpty()
        && !allowed.contains(operation)
        && !allowed.contains(AclOperation.ALL)) {
      missing.add(operation + " on the " + what);
    }
  }
}
