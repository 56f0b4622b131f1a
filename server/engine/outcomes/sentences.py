"""Outcomes in sentences, English and Russian; their numbers are filled in by ``writing``."""

from surfaces.declaration import Text

KNOWN = {
    "minimum": Text(
        "Reached the lowest known minimum, f = {minimum_loss} at ({minimum_x}; {minimum_y}): the "
        "gradient norm, {gradient_norm}, is within the tolerance.",
        "Достигнут самый низкий из известных минимумов, f = {minimum_loss} в ({minimum_x}; "
        "{minimum_y}): норма градиента, {gradient_norm}, в пределах допуска.",
    ),
    "local_minimum": Text(
        "Stuck in a local minimum, f = {minimum_loss} at ({minimum_x}; {minimum_y}): the lowest "
        "known one is {gap} lower.",
        "Застрял в локальном минимуме, f = {minimum_loss} в ({minimum_x}; {minimum_y}): самый "
        "низкий из известных ниже на {gap}.",
    ),
}
RESTS = {
    "lower": Text(
        "A minimum, {gap} lower than any known one: f = {loss}, and both curvatures are "
        "positive, {smaller} and {larger}.",
        "Минимум ниже всех известных на {gap}: f = {loss}, обе кривизны положительны, {smaller} "
        "и {larger}.",
    ),
    "level": Text(
        "As low as the lowest known minimum, f = {loss}, at another point; the gradient norm, "
        "{gradient_norm}, is within the tolerance.",
        "Так же низко, как в самом низком из известных минимумов, f = {loss}, но в другой точке; "
        "норма градиента, {gradient_norm}, в пределах допуска.",
    ),
    "local_minimum": Text(
        "A minimum: the gradient vanishes ({gradient_norm}) and both curvatures are positive, "
        "{smaller} and {larger}.",
        "Минимум: градиент почти нулевой ({gradient_norm}), обе кривизны положительны, {smaller} и "
        "{larger}.",
    ),
    "saddle": Text(
        "A saddle, not a minimum: the gradient vanishes ({gradient_norm}), but f falls to both "
        "sides along one direction (curvature {smaller}) and rises along the other ({larger}).",
        "Седло, а не минимум: градиент почти нулевой ({gradient_norm}), но вдоль одного "
        "направления f в обе стороны убывает (кривизна {smaller}), вдоль другого растёт "
        "({larger}).",
    ),
    "maximum": Text(
        "A maximum: the gradient vanishes ({gradient_norm}), but f falls in every direction "
        "(curvatures {smaller} and {larger}).",
        "Максимум: градиент почти нулевой ({gradient_norm}), но f убывает во все стороны (кривизны "
        "{smaller} и {larger}).",
    ),
    "valley": Text(
        "Flat along one direction: the gradient norm, {gradient_norm}, is within the tolerance, "
        "and of the curvatures, {smaller} and {larger}, one is next to none, so that this is no "
        "single minimum; f = {loss}.",
        "Вдоль одного направления плоско: норма градиента, {gradient_norm}, в пределах допуска, "
        "а из кривизн, {smaller} и {larger}, одна почти нулевая, так что отдельного минимума тут "
        "нет; f = {loss}.",
    ),
    "far": Text(
        "Flat: the gradient norm, {gradient_norm}, is within the tolerance, but the curvatures, "
        "{smaller} and {larger}, are too small for a stationary point to be in sight, within "
        "{radius}; f = {loss}.",
        "Плоско: норма градиента, {gradient_norm}, в пределах допуска, но кривизны, {smaller} и "
        "{larger}, слишком малы, чтобы стационарная точка была видна в пределах {radius}; f = "
        "{loss}.",
    ),
    "slope": Text(
        "No minimum, though the gradient norm, {gradient_norm}, is within the tolerance: f goes "
        "on falling close by, at distance {radius}; f = {loss}.",
        "Не минимум, хотя норма градиента, {gradient_norm}, в пределах допуска: рядом, на "
        "расстоянии {radius}, f продолжает убывать; f = {loss}.",
    ),
    "vanishing": Text(
        "Flat: gradient ({gradient_norm}) and curvature vanish, but this is no minimum; f = "
        "{loss}.",
        "Плоско: градиент ({gradient_norm}) и кривизна почти нулевые, но это не минимум; f = "
        "{loss}.",
    ),
}
COMPARED = {
    "local_minimum": Text(
        "A minimum: the curvature decides nothing here, but f is higher all around, in 16 "
        "directions at distance {radius}.",
        "Минимум: кривизна здесь ничего не решает, но вокруг f выше — по 16 направлениям на "
        "расстоянии {radius}.",
    ),
    "maximum": Text(
        "A maximum: the curvature decides nothing here, but f is lower all around, in 16 "
        "directions at distance {radius}.",
        "Максимум: кривизна здесь ничего не решает, но вокруг f ниже — по 16 направлениям на "
        "расстоянии {radius}.",
    ),
    "saddle": Text(
        "Not a minimum: there is no curvature at this kink, and at distance {radius} f is lower "
        "in some of 16 directions and not in others.",
        "Не минимум: на этом изломе кривизны нет, а на расстоянии {radius} по одним из 16 "
        "направлений f ниже, по другим — нет.",
    ),
}
ABOVE = Text(
    " It lies {gap} above the lowest known minimum, {distance} away.",
    " До самого низкого из известных минимумов {gap} по высоте и {distance} по расстоянию.",
)
UNKNOWN = Text(
    " Whether there is a lower one is not known.",
    " Есть ли минимум ниже, неизвестно.",
)
COURSES = {
    "START": Text(
        "At the start of its way: the gradient norm, {gradient_norm}, is above the tolerance, "
        "{tolerance}.",
        "В начале пути: норма градиента, {gradient_norm}, больше допуска, {tolerance}.",
    ),
    "FALLING": Text(
        "Still descending: the gradient norm, {gradient_norm}, is above the tolerance, "
        "{tolerance}.",
        "Ещё спускается: норма градиента, {gradient_norm}, больше допуска, {tolerance}.",
    ),
    "SHRINKING": Text(
        "Still descending, in swings that shrink: the gradient norm, {gradient_norm}, is above "
        "the tolerance, {tolerance}.",
        "Ещё спускается, размах колебаний убывает: норма градиента, {gradient_norm}, больше "
        "допуска, {tolerance}.",
    ),
    "STILL": Text(
        "Not there yet, but moving no more: the gradient norm, {gradient_norm}, is above the "
        "tolerance, and the steps are too short to change the point.",
        "Ещё не дошёл, но и не движется: норма градиента, {gradient_norm}, больше допуска, а "
        "шаги так коротки, что точка не меняется.",
    ),
    "CYCLING": Text(
        "Oscillating: in its {last_steps} the point kept moving and the loss fell no "
        "further than {lowest}.",
        "Колеблется: за {last_steps} точка всё движется, а потери не опускаются ниже {lowest}.",
    ),
    "SWINGING": Text(
        "Oscillating: in its {last_steps} the loss swung between {lowest} and {highest} "
        "and its swings did not shrink.",
        "Колеблется: за {last_steps} потери меняются от {lowest} до {highest}, и "
        "размах не убывает.",
    ),
    "SWINGING_LITTLE": Text(
        "Oscillating: in its {last_steps} the loss swung about {lowest}, by {swing}, and its "
        "swings did not shrink.",
        "Колеблется: за {last_steps} потери ходят около {lowest} с размахом {swing}, и размах не "
        "убывает.",
    ),
    "RISING": Text(
        "Growing, with no bound in sight: in its {last_steps} the loss rose to "
        "{highest}, its highest so far (it began at {start_loss}).",
        "Растёт, и предела не видно: за {last_steps} потери дошли до {highest}, выше "
        "ещё не было (вначале {start_loss}).",
    ),
    "SINKING": Text(
        "Falling without bound: the loss is {loss}, the path is {start_distance} away from its "
        "start, and its steps keep growing.",
        "Падает без предела: потери {loss}, от старта пройдено {start_distance}, и шаги всё "
        "растут.",
    ),
}
ENDINGS = {
    "step": Text(
        "Diverged: step {at} left the range of finite numbers. The path ends before it, at f = "
        "{loss}.",
        "Разошёлся: шаг {at} вышел за пределы конечных чисел. Путь кончается перед ним, при f = "
        "{loss}.",
    ),
    "loss": Text(
        "Diverged: step {at} led to ({x}; {y}), where f is not a finite number. The path ends "
        "before it, at f = {loss}.",
        "Разошёлся: шаг {at} привёл в ({x}; {y}), где f не является конечным числом. Путь "
        "кончается перед ним, при f = {loss}.",
    ),
    "gradient": Text(
        "Diverged: at step {at} the gradient in ({x}; {y}) left the range of finite numbers. The "
        "path ends before it, at f = {loss}.",
        "Разошёлся: на шаге {at} градиент в ({x}; {y}) вышел за пределы конечных чисел. Путь "
        "кончается перед ним, при f = {loss}.",
    ),
    "state": Text(
        "Diverged: at step {at} the rule's memory left the range of finite numbers. The path "
        "ends before it, at f = {loss}.",
        "Разошёлся: на шаге {at} память правила вышла за пределы конечных чисел. Путь кончается "
        "перед ним, при f = {loss}.",
    ),
    "here": Text(
        "The derivative is undefined at ({x}; {y}): f = {loss} is finite there, its gradient is "
        "not, so there is no direction to step in. The path ends there, within the range of "
        "finite numbers.",
        "В ({x}; {y}) производная не определена: f = {loss} там конечна, а градиент — нет, "
        "шагать некуда. Путь кончается там, в пределах конечных чисел.",
    ),
    "ahead": Text(
        "The derivative is undefined at ({x}; {y}), where step {at} takes its gradient: f is "
        "finite there, its gradient is not. The path ends before it, at f = {loss}, within the "
        "range of finite numbers.",
        "В ({x}; {y}), где шаг {at} берёт градиент, производная не определена: f там конечна, а "
        "градиент — нет. Путь кончается перед этим, при f = {loss}, в пределах конечных чисел.",
    ),
    "singular": Text(
        "{name} has no step here: the Hessian is singular (eigenvalues {smaller} and {larger}), "
        "and it would be divided by. The path ends here, at f = {loss}, within the range of "
        "finite numbers.",
        "{name}: здесь шага нет — гессиан вырожден (собственные числа {smaller} и {larger}), "
        "а на него надо делить. Путь кончается здесь, при f = {loss}, в пределах конечных чисел.",
    ),
    "kink": Text(
        "{name} has no step here: f has no Hessian at this kink. The path ends here, at f = "
        "{loss}, within the range of finite numbers.",
        "{name}: здесь шага нет — на этом изломе у f нет гессиана. Путь кончается здесь, при "
        "f = {loss}, в пределах конечных чисел.",
    ),
    "zero": Text(
        "{name} has no step here: a component of the gradient is exactly 0, and the rule comes "
        "to 0/0. The path ends here, at f = {loss}, within the range of finite numbers.",
        "{name}: здесь шага нет — составляющая градиента в точности 0, и в правиле выходит "
        "0/0. Путь кончается здесь, при f = {loss}, в пределах конечных чисел.",
    ),
    "rule": Text(
        "{name} has no step here: the gradient is finite, but the rule's own formula gives no "
        "finite step. The path ends here, at f = {loss}, within the range of finite numbers.",
        "{name}: здесь шага нет — градиент конечен, но формула правила не даёт конечного "
        "шага. Путь кончается здесь, при f = {loss}, в пределах конечных чисел.",
    ),
}
AT_MINIMUM = Text(
    " That is the lowest known minimum.",
    " Это самый низкий из известных минимумов.",
)
PENALISED = Text(
    " All this is of what the run minimises: f with its penalty, whose minima are not those of f.",
    " Всё это о том, что минимизируется: f со штрафом, и минимумы у неё не те, что у f.",
)
NOISY = Text(
    " The run is noisy: its steps follow random estimates of the gradient, and the point would "
    "move on even from a minimum.",
    " Градиент здесь случаен: шаги идут по его случайным оценкам, и точка сдвинулась бы даже из "
    "минимума.",
)
