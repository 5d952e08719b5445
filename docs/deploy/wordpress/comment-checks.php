<?php
/**
 * Plugin Name: Comment checks by our own service
 * Description: Sends what the Akismet plugin asks to your own comment service, and holds comments
 *              for a moderator if that does not answer.
 *
 * Copy this file to wp-content/mu-plugins/ (make the folder if there is none) and add to
 * wp-config.php, with your service's address and a key of `manage.py add_site_key NAME --allow check`:
 *
 *     define( 'COMMENT_CHECKS_URL', 'https://comments.example.org' );
 *     define( 'COMMENT_CHECKS_KEY', 'abcdefghijkl' );
 *
 * Then activate the Akismet plugin. It needs WordPress 5.0 and PHP 7.0 or newer.
 */

defined( 'ABSPATH' ) || exit;

if ( defined( 'COMMENT_CHECKS_URL' ) && defined( 'COMMENT_CHECKS_KEY' ) ) {
	defined( 'WPCOM_API_KEY' ) || define( 'WPCOM_API_KEY', COMMENT_CHECKS_KEY );
	add_filter( 'pre_http_request', 'comment_checks_request', 10, 3 );
}

/**
 * Send a request for Akismet to our service. All other requests pass unchanged.
 *
 * @param false|array|WP_Error $answer What another filter has already answered.
 * @param array                $args   The request's arguments.
 * @param string               $url    The request's address.
 * @return false|array|WP_Error
 */
function comment_checks_request( $answer, $args, $url ) {
	$host = strtolower( (string) wp_parse_url( $url, PHP_URL_HOST ) );
	if ( 'rest.akismet.com' !== $host && '.rest.akismet.com' !== substr( $host, -17 ) ) {
		return $answer;
	}
	$path  = (string) wp_parse_url( $url, PHP_URL_PATH );
	$query = (string) wp_parse_url( $url, PHP_URL_QUERY );
	// Our server has its own name; the plugin names the other one.
	unset( $args['headers']['Host'], $args['headers']['host'] );
	$args['redirection'] = 0;
	$args['timeout']     = 10;
	$ours   = rtrim( COMMENT_CHECKS_URL, '/' ) . $path . ( '' === $query ? '' : '?' . $query );
	$answer = wp_remote_request( $ours, $args );
	if ( '/1.1/comment-check' === $path && ! comment_checks_has_verdict( $answer ) ) {
		return comment_checks_held();
	}
	return $answer;
}

/**
 * Whether the service has judged a comment. An error page of a proxy is no verdict.
 *
 * @param array|WP_Error $answer The service's answer.
 * @return bool
 */
function comment_checks_has_verdict( $answer ) {
	return ! is_wp_error( $answer )
		&& 200 === wp_remote_retrieve_response_code( $answer )
		&& '' !== (string) wp_remote_retrieve_header( $answer, 'x-akismet-guid' )
		&& in_array( wp_remote_retrieve_body( $answer ), array( 'true', 'false' ), true );
}

/**
 * The answer with which every version of the Akismet plugin holds a comment for a moderator, and
 * asks again later. Without a guid some versions would publish it.
 *
 * @return array
 */
function comment_checks_held() {
	return array(
		'headers'  => array(
			'x-akismet-guid'  => str_replace( '-', '', wp_generate_uuid4() ),
			'x-akismet-error' => 'unavailable',
		),
		'body'     => '',
		'response' => array(
			'code'    => 200,
			'message' => 'OK',
		),
		'cookies'  => array(),
		'filename' => null,
	);
}
