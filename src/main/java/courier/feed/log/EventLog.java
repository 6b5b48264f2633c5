package courier.feed.log;

import java.util.Map;

/** The log that events come from: partitions, in each of which offsets only grow. */
public interface EventLog {
  /** Which log it is; another one when it began anew, as positions then mean something else. */
  String id() throws Exception;

  /** For each partition an offset before which all is stored that is to be pushed. */
  Map<Integer, Long> positions() throws Exception;

  /** For each partition the offset that comes next: no position is beyond. */
  Map<Integer, Long> ends() throws Exception;
}
