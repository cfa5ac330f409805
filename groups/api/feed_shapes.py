"""The shapes of what is said in groups. Input is cleaned here; services keep it."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer
from groups.api.picture_files import address_of, address_shape
from groups.api.serializers import GroupNameSerializer
from groups.forms.feed import ALT, WORDS
from groups.models import Comment, Picture, Post
from groups.models.feed import Words
from groups.services.pictures import Sent
from groups.services.watching import ACTS
from groups.uploads import MOST_PICTURES

PINNED = OpenApiParameter(
    "pinned", bool, description="`true`: what hosts keep on top, the last pinned first. `false`: all else."
)


class PostsQuerySerializer(serializers.Serializer[Any]):
    """What is read of `PINNED`; None where nothing is said of it."""

    pinned = serializers.BooleanField(default=None, allow_null=True)


class PictureSerializer(PresentedSerializer[Picture]):
    """A picture in two sizes, WebP both; `width` and `height` are the large one's. The files never change."""

    uuid = serializers.UUIDField(read_only=True)
    url = serializers.SerializerMethodField()
    small_url = serializers.SerializerMethodField()
    width = serializers.IntegerField(read_only=True)
    height = serializers.IntegerField(read_only=True)
    alt = serializers.CharField(read_only=True)

    @extend_schema_field(address_shape("The address of the large file; the caller's credentials open it."))
    def get_url(self, picture: Picture) -> str:
        return address_of(picture.uuid)

    @extend_schema_field(address_shape("The address of the small file.", is_small=True))
    def get_small_url(self, picture: Picture) -> str:
        return address_of(picture.uuid, is_small=True)


class WordsSerializer[W: Words](PresentedSerializer[W]):
    """What somebody said. `text` is Markdown, `text_html` the clean HTML made of it."""

    uuid = serializers.UUIDField(read_only=True)
    author = serializers.CharField(read_only=True, help_text="The name that members see.")
    is_mine = serializers.SerializerMethodField()
    text = serializers.CharField(read_only=True)
    text_html = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    edited_at = serializers.DateTimeField(read_only=True, allow_null=True)
    is_waiting = serializers.BooleanField(read_only=True, help_text="Held until somebody of the group has read it.")
    is_hidden = serializers.SerializerMethodField()

    def get_is_mine(self, words: W) -> bool:
        return bool(words.author_id == self.context["request"].user.pk)

    def get_is_hidden(self, words: W) -> bool:
        return words.hidden_at is not None


class PostSerializer(WordsSerializer[Post]):
    """Something said to a group. `cheered_by`: names of who cheered, the first first."""

    group = GroupNameSerializer(read_only=True)
    is_announcement = serializers.BooleanField(read_only=True)
    is_pinned = serializers.SerializerMethodField()
    pictures = PictureSerializer(source="shown_pictures", many=True, read_only=True)
    cheered_by = serializers.SerializerMethodField()
    has_cheered = serializers.SerializerMethodField()
    comment_count = serializers.IntegerField(read_only=True)

    def get_is_pinned(self, post: Post) -> bool:
        return post.pinned_at is not None

    def get_cheered_by(self, post: Any) -> list[str]:
        return [cheer.name for cheer in post.shown_cheers]

    def get_has_cheered(self, post: Any) -> bool:
        return any(cheer.person_id == self.context["request"].user.pk for cheer in post.shown_cheers)


class CommentSerializer(WordsSerializer[Comment]):
    post = serializers.UUIDField(source="post.uuid", read_only=True)


class NewWordsSerializer(serializers.Serializer[Any]):
    needed_in_change = ("text",)
    text = serializers.CharField(max_length=WORDS)


class NewPostSerializer(NewWordsSerializer):
    """Pictures come as `picture_1` … `picture_4` of a multipart request, each with an `alt_1` … of what it shows."""

    is_announcement = serializers.BooleanField(default=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for number in range(1, MOST_PICTURES + 1):
            fields[f"picture_{number}"] = serializers.FileField(required=False, allow_empty_file=True)
            fields[f"alt_{number}"] = serializers.CharField(required=False, allow_blank=True, max_length=ALT)
        return fields

    def said(self) -> dict[str, Any]:
        """Return what the service wants."""
        given, numbers = self.validated_data, range(1, MOST_PICTURES + 1)
        pictures = [
            Sent.of(given[f"picture_{number}"], given.get(f"alt_{number}", ""), f"picture_{number}")
            for number in numbers
            if f"picture_{number}" in given
        ]
        return {"text": given["text"], "is_announcement": given["is_announcement"], "pictures": pictures}


class NewPictureSerializer(serializers.Serializer[Any]):
    """JPEG, PNG or WebP, up to 10 MB; made anew, without what the camera wrote into it."""

    picture = serializers.FileField(allow_empty_file=True)
    alt = serializers.CharField(required=False, allow_blank=True, max_length=ALT, default="")

    def sent(self) -> Sent:
        return Sent.of(self.validated_data["picture"], self.validated_data["alt"])


class LookSerializer(serializers.Serializer[Any]):
    act = serializers.ChoiceField(choices=ACTS)


class WaitingSerializer(PresentedSerializer[Any]):
    posts = PostSerializer(many=True, read_only=True)
    comments = CommentSerializer(many=True, read_only=True)
