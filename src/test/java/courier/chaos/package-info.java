/**
 * Runs of all parts under load and faults, or of routes that are wrong on purpose, and what is made
 * of them. They put together what the rooms below have; none of those knows a run.
 */
package courier.chaos;
