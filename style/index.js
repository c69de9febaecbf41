import './base.css';
import './diff.css';
import './panel.css';
import './tasks.css';
import './dialog.css';
import './inline.css';
import './notebook.css';
