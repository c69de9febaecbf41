"""From what is really there to what a model is told.

`reader.variables` describes a namespace, `files.look` a directory, `render.messages` turns both and the conversation
into the messages of one request, `outputs.outputs_text` trims what a cell printed. Nothing here runs a user object's
own code, opens a socket or imports a heavy module.
"""
