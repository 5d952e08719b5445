"""What a real WordPress exports comes in whole, and what goes out a real WordPress can read."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from comments.models import Article, Comment, Status
from tests.comments.archives.conftest import Import
from tests.comments.protocols.akismet import wordpress
from tests.comments.protocols.akismet.wordpress import WordPress

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.skipif(bool(wordpress.missing()), reason=wordpress.missing()),
]
# A thread, every status, the traps of its exports.
_WRITE = r"""
wp_delete_comment( 1, true );
function say( $text, $over = array() ) {
    return wp_insert_comment( array_merge( array(
        'comment_post_ID' => 1, 'comment_author' => 'Марта Гнатюк',
        'comment_author_email' => 'marta@example.org', 'comment_content' => $text,
        'comment_approved' => 1, 'comment_type' => 'comment',
    ), $over ) );
}
$root = say( "Перший рядок.\nДругий & третій <b>тут</b>." );
$reply = say( "Керівний\x0bсимвол і ]]> у тексті.", array( 'comment_parent' => $root ) );
say( 'Глибше.', array( 'comment_parent' => $reply ) );
say( 'Чекає.', array( 'comment_approved' => 0 ) );
wp_trash_comment( say( 'До кошика.' ) );
$spam = say( 'Спам.' );
say( 'Відповідь на спам.', array( 'comment_parent' => $spam ) );
wp_spam_comment( $spam );
say( 'Сповіщення.', array( 'comment_type' => 'pingback' ) );
add_comment_meta( $root, 'akismet_history', array( 'time' => 1.5, 'event' => '<x>' ) );
"""
_EXPORT = "require_once ABSPATH . 'wp-admin/includes/export.php'; export_wp();"
# PHP reads it, as an importer does, and WordPress stores it.
_PARSE = r"""
$found = 0;
$file = file_get_contents( '{path}' );
preg_match_all( '#<wp:comment>(.*?)</wp:comment>#s', $file, $comments );
foreach ( $comments[1] as $each ) {
    $fields = array( 'comment_post_ID' => 1 );
    foreach ( array( 'comment_author', 'comment_content', 'comment_approved' ) as $name ) {
        preg_match( "#<wp:$name>(.*?)</wp:$name>#s", $each, $parts );
        preg_match_all( '#<!\[CDATA\[(.*?)\]\]>#s', $parts[1], $data );
        $fields[ $name ] = wp_filter_kses( implode( '', $data[1] ) );
    }
    $found += wp_insert_comment( wp_slash( $fields ) ) ? 1 : 0;
}
echo $found;
"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    with wordpress.running(tmp_path_factory.mktemp("wp")) as running:
        running.run(_WRITE)
        yield running


@pytest.fixture
def _address(blog: WordPress, settings: object) -> None:
    settings.CORS_ALLOWED_ORIGINS = [f"http://{blog.host}"]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_address")
def test_its_export_comes_in_whole(blog: WordPress, bring: Import) -> None:
    exported = blog.run(_EXPORT)
    assert "\x0b" in exported
    said = bring(exported)
    found = {each.text: each for each in Comment.objects.all()}
    root = found["Перший рядок.\nДругий & третій **тут**."]
    reply = found["Керівнийсимвол і ]]> у тексті."]
    assert reply.parent == root
    assert found["Глибше."].reply_to == reply
    assert root.contact.email == "marta@example.org"
    statuses = {text: each.status for text, each in found.items() if each.status != "published"}
    assert statuses == {"Чекає.": Status.HELD, "До кошика.": Status.REJECTED}
    # WordPress exports no spam, so a reply to it begins a thread.
    assert found["Відповідь на спам."].parent is None
    assert len(found) == 6
    assert "1 left out: no comment but a pingback" in said
    assert Article.objects.get().published_count == 4


@pytest.mark.usefixtures("_address")
def test_what_comes_from_it_goes_back_to_it(blog: WordPress, bring: Import, tmp_path: Path) -> None:
    bring(blog.run(_EXPORT))
    out, path = io.StringIO(), tmp_path / "out.xml"
    call_command("export_comments", str(path), format="wxr", stdout=out)
    before = int(blog.ask("SELECT MAX(comment_ID) FROM wp_comments"))
    assert blog.run(_PARSE.replace("{path}", str(path))) == "6"
    rows = blog.ask(
        f"SELECT comment_approved, comment_content FROM wp_comments WHERE comment_ID > {before}"
    )
    assert "1\tПерший рядок.\\nДругий &amp; третій **тут**." in rows
    assert "trash\tДо кошика." in rows
    assert "0\tЧекає." in rows
