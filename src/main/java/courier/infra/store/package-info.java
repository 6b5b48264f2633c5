/**
 * Documents and their indexes on one file of H2, behind a server that speaks MongoDB's protocol:
 * for who has no MongoDB. It is an artifact of its own, {@code courier-store.jar}, which needs that
 * server and H2, and knows nothing of Courier.
 */
package courier.infra.store;
