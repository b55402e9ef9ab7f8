"""The part of the form that says which variable of a multidimensional service is shown, and where in its dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSizePolicy, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.dimension_value import DimensionValue
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.slices import find_variable, playable_time
from ...plugin.service.multidimensional import Variable
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.combo_box import fill_box
from ..common.field_message import FieldMessage
from ..common.form_rows import align_labels
from ..common.messages import tooltip
from ..common.scrolling import scroll_the_form
from ..common.section import Section
from .dimension_field import DimensionField


class SliceSection(Section):
    """A list of variables, and a field for each dimension of the one that is chosen, by default the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: ConnectedService | None = None
        self._options = LayerOptions()
        self.variable_box, self.variable_problem = QComboBox(self), FieldMessage(self)
        self.problem, self.sentence_label = FieldMessage(self), QLabel(self)
        self.nearest_box = QCheckBox(tr("Show the nearest date in between"), self)
        self.nearest_box.setToolTip(
            tr("Without this, a moment of the temporal controller that the service has nothing of shows nothing.")
        )
        self.fields: list[DimensionField] = []
        self._lay_out()
        self.variable_box.activated.connect(lambda _index: self._on_variable())
        self.nearest_box.clicked.connect(lambda _checked: self._on_changed())
        self.set_from(LayerOptions(), None)

    def _lay_out(self) -> None:
        self.form_layout = QGridLayout(self)
        self.form_layout.setContentsMargins(0, 0, 0, 0)
        self.form_layout.setColumnStretch(1, 1)
        self._variable_label = QLabel(tr("&Variable"), self)
        self._variable_label.setBuddy(self.variable_box)
        self.variable_box.setAccessibleName(tr("Variable"))
        # A long description must not make the form wider.
        self.variable_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.variable_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.sentence_label.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence_label.setWordWrap(True)
        self.form_layout.addWidget(self._variable_label, 0, 0)
        self.form_layout.addWidget(self.variable_box, 0, 1)
        self.form_layout.addWidget(self.variable_problem, 1, 1)
        self._place_end()

    def _place_end(self) -> None:
        """Put what belongs to all dimensions below the last of them."""
        row = 2 + len(self.fields)
        for number, widget in enumerate((self.problem, self.sentence_label, self.nearest_box)):
            self.form_layout.removeWidget(widget)
            self.form_layout.addWidget(widget, row + number, 1)

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show a variable and values of its dimensions, without emitting anything."""
        self._known = known
        self._options = replace(LayerOptions(), variable=options.variable, dimensions=options.dimensions)
        variables = () if known is None else known.service.variables
        is_asked = bool(options.variable or options.dimensions)
        self.setEnabled(known is not None)
        self.setVisible(known is not None and (bool(variables) or is_asked))
        self.nearest_box.setChecked(options.nearest_date)
        chosen = find_variable(options.variable, variables)
        entries = [(_by_default(variables), "")] + [(_in_words(variable), variable.name) for variable in variables]
        if options.variable and chosen is None:
            entries.append((options.variable, options.variable))
        fill_box(self.variable_box, entries, options.variable if chosen is None else chosen.name)
        self._show_fields()
        self._show()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return `options` with variable and dimensions, and with what is to be seen between dates."""
        if self._known is None:
            return options
        given = replace(options, variable=self._options.variable, dimensions=self._dimensions())
        if not self._has_nearest():
            return given
        return replace(given, nearest_date=self.nearest_box.isChecked())

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field."""
        self._show(problems)

    def input_problems(self) -> dict[str, str]:
        """Return why what stands in the field of a dimension is no value."""
        problem = next((text for text in (field.problem() for field in self._shown_fields()) if text), "")
        return {"dimensions": problem} if problem else {}

    def _variable(self) -> Variable | None:
        """Return the variable that is chosen, else the service's first one."""
        variables = () if self._known is None else self._known.service.variables
        if self._options.variable:
            return find_variable(self._options.variable, variables)
        return variables[0] if variables else None

    def _has_nearest(self) -> bool:
        """Whether what is to be seen between dates is asked here, not with the time."""
        if self._known is None or self._known.service.time is not None:
            return False
        variables = self._known.service.variables
        return any(dimension.is_time for variable in variables for dimension in variable.dimensions)

    def _shown_fields(self) -> list[DimensionField]:
        variable = self._variable()
        return self.fields[: len(variable.dimensions) if variable is not None else 0]

    def _dimensions(self) -> tuple[DimensionValue, ...]:
        """Return the values that stand in the fields, and those for which there is no field."""
        names = {field.name.casefold() for field in self._shown_fields()}
        others = [wanted for wanted in self._options.dimensions if wanted.name.casefold() not in names]
        values = (field.value() for field in self._shown_fields())
        return tuple(sorted([*others, *(value for value in values if value is not None)]))

    def _show_fields(self) -> None:
        """Show a field for each dimension of the variable; those that are there already are used again."""
        variable = self._variable()
        dimensions = variable.dimensions if variable is not None else ()
        while len(self.fields) < len(dimensions):
            self._add_field()
        given = {wanted.name.casefold(): wanted for wanted in self._options.dimensions}
        for number, field in enumerate(self.fields):
            is_used = number < len(dimensions)
            if is_used:
                field.show_dimension(dimensions[number], given.get(dimensions[number].name.casefold()))
            field.setVisible(is_used)
            field.label.setVisible(is_used)

    def _add_field(self) -> None:
        field, row = DimensionField(self), 2 + len(self.fields)
        scroll_the_form(field)
        warm_all(field)
        self.fields.append(field)
        self._place_end()
        field.label.setBuddy(field)
        field.changed.connect(self._on_changed)
        self.form_layout.addWidget(field.label, row, 0)
        self.form_layout.addWidget(field, row, 1)
        align_labels(self.form_layout, self.variable_box)

    def _on_variable(self) -> None:
        """Take another variable, with those values that it has, too."""
        dimensions, name = self._dimensions(), str(self.variable_box.currentData())
        self._options = replace(self._options, variable=name)
        variable = self._variable()
        kept = tuple(wanted for wanted in dimensions if variable is None or variable.dimension(wanted.name) is not None)
        self._options = replace(self._options, dimensions=kept)
        self._show_fields()
        self._on_changed()

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self, problems: Mapping[str, str] | None = None) -> None:
        problems = {**(problems or {}), **self.input_problems()}
        self.variable_problem.set_text(problems.get("variable", ""))
        shown = self._variable()
        # The line may be too short for all of it.
        self.variable_box.setToolTip("" if shown is None else tooltip(_in_words(shown)))
        self.problem.set_text(problems.get("dimensions", ""))
        known, variable = self._known, self._variable()
        has_time = variable is not None and any(dimension.is_time for dimension in variable.dimensions)
        plays = known is not None and playable_time(self.apply_to(LayerOptions()), known.service) is not None
        sentence = tr("The layer shows that time only.")
        if plays:
            sentence = tr("The layer follows QGIS' temporal controller; without it, it shows the first value.")
        self.sentence_label.setText(sentence)
        self.sentence_label.setVisible(has_time)
        self.nearest_box.setVisible(self._has_nearest() and (has_time or self.nearest_box.isChecked()))
        self.nearest_box.setEnabled(plays or self.nearest_box.isChecked())


def _by_default(variables: tuple[Variable, ...]) -> str:
    if not variables:
        return tr("As the service does")
    return tr("As the service does ({variable})").format(variable=variables[0].name)


def _in_words(variable: Variable) -> str:
    return " – ".join(filter(None, (variable.label, variable.description)))
