"""What answers call the optimizers, as the picture names their paths."""

from surfaces.declaration import Text

DESCENT = Text("Gradient descent (SGD)", "Градиентный спуск (SGD)")
MOMENTUM = Text("Momentum", "Импульс")
NESTEROV = Text("Nesterov", "Нестеров")
ADAGRAD = Text("Adagrad", "Adagrad")
RMSPROP = Text("RMSProp", "RMSProp")
ADAM = Text("Adam", "Adam")
BOTH_AT_ONCE = Text("Both at once", "Оба сразу")
