/**
 * What a failure means: an outage, which passes, or poison, which never does, and how it is said.
 * Every error policy asks here, by {@link courier.failure.FailureIs}; nothing here retries or
 * waits.
 */
package courier.failure;
