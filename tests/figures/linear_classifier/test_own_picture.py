"""The reader's own picture, as it is drawn; what the browser sends stands in tests/live/test_upload.py."""

from drive import check, fits

from lectureutils.figures import OwnPictureFigure


def test_nothing_is_cut_off_on_the_projector(learned, emoji, projector):
    figure = OwnPictureFigure(*learned, emoji.class_names)
    check(figure, "projector")
    fits(figure)
