/**
 * The doctor: says what would lose data, delay or break with the settings, Kafka, MongoDB and the
 * machine as they are, each with the line that mends it. It changes nothing.
 */
package courier.doctor;
